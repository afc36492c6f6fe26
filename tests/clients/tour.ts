// The tour of docs/api.md, with the types that openapi-typescript makes of docs/openapi.json. test_typescript.py runs it.
import type { paths } from "./schema.js";

declare const process: { env: Record<string, string | undefined> };

type Operation<P extends keyof paths, M extends "get" | "post" | "patch"> = NonNullable<paths[P][M]>;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never;
type Body<O> = O extends { requestBody?: infer B } ? (NonNullable<B> extends { content: { "application/json": infer J } } ? J : never) : never;
type Answer<O, S extends number> = O extends { responses: infer R }
  ? S extends keyof R
    ? R[S] extends { content: { "application/json": infer J } }
      ? J
      : never
    : never
  : never;

const SITE = process.env.SITE ?? "http://127.0.0.1:8000";
const TOKEN = process.env.TOKEN ?? "";

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

async function send<T>(method: string, url: string, headers: Record<string, string> = {}, body?: string): Promise<T> {
  const answer = await fetch(url, { method, headers, body });
  check(answer.ok, `${method} ${url}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
  return (await answer.json()) as T;
}

function address(path: string, query: object = {}): string {
  const url = new URL(path, SITE);
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  return url.href;
}

function get<P extends keyof paths>(path: P, query?: Query<Operation<P, "get">>, id?: number) {
  return send<Answer<Operation<P, "get">, 200>>("GET", address(path.replace(/{\w+}/, String(id)), query));
}

function write<P extends keyof paths>(path: P, body: Body<Operation<P, "post">>, id?: number) {
  const headers = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" };
  const url = address(path.replace(/{\w+}/, String(id)));
  return send<Answer<Operation<P, "post">, 201>>("POST", url, headers, JSON.stringify(body));
}

// Ask for claims, and walk a list.
const checked = await get("/api/v1/claims/", { status: ["checked"], ordering: "-reviewed_at", limit: 1 });
const [first] = checked.results;
check(first !== undefined && first.verdict !== null, "a checked claim has a verdict");
check(first.speaker === null || first.speaker.name.length > 0, "a speaker has a name");
let walked = 0;
let page = await get("/api/v1/claims/", { limit: 2 });
for (;;) {
  walked += page.results.length;
  if (page.next === null) break;
  page = await send<typeof page>("GET", page.next);
}
const facets = await get("/api/v1/claims/facets/");
check(facets.counted === walked, `${facets.counted} counted, ${walked} walked`);

// Check a quote: offsets count code points.
const claim = await get("/api/v1/claims/{id}/", undefined, first.id);
const [place] = claim.provenance;
check(place !== undefined, "a claim of the desk is found somewhere");
const article = await get("/api/v1/articles/{id}/", undefined, place.article.id);
const text = article.snapshots.find((snapshot) => snapshot.id === place.snapshot.id)?.text;
check(!text || [...text].slice(place.start, place.end).join("") === place.quote, "the quote is a slice of the text");
const history = await get("/api/v1/claims/{claim}/reviews/", undefined, first.id);
check(history.results.some((review) => review.evidence.length > 0), "a verdict rests on evidence");
check((await get("/api/v1/claims/changes/", { limit: 2 })).results.length > 0, "there are changes");

// Write.
const filed = await write("/api/v1/articles/", {
  source_name: "Harbour Radio",
  title: "The evening talk",
  text: "HARBOUR RADIO. Ada Brook: Ten boats sail each night. Nobody asked how she knew.",
});
const speaker = await write("/api/v1/speakers/", { name: "Ada Brook" });
const proposed = await write("/api/v1/claims/", {
  text: "Ten ferries sail each night.",
  speaker: speaker.id,
  appearances: [{ snapshot: filed.ingested.snapshot, quote: "Ten boats sail each night" }],
});
const changed = await send<typeof claim>(
  "PATCH",
  proposed.url,
  { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json", "If-Match": `"${proposed.version}"` },
  JSON.stringify({ language: "en" }),
);
await write("/api/v1/claims/{claim}/reviews/", { to: "unverified", expected: changed.version }, proposed.id);
check((await get("/api/v1/claims/{id}/", undefined, proposed.id)).status === "unverified", "the claim is public");
