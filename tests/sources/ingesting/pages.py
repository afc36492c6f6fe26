"""An invented page and its text, as a fetcher returns it."""

from sources.pages.fetching import Fetched

TEXT = "The mill in Aldersund was sold on Monday.\n\n“Nobody asked the village,” said its mayor, Ida Brandt."
URL = "https://tidende.example/2026/mill"
BODY = [
    "The mill in Aldersund was sold on Monday to a brewery from the coast, which wants to reopen it next summer.",
    "“Nobody asked the village,” said its mayor, Ida Brandt, who had wanted to turn the building into a school.",
    "The brewery paid four million crowns, twice as much as the village had offered for the mill two years ago.",
]


def page(*, canonical="", title="Mill sold", body=BODY):
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    about = f"""{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2026-03-02T09:15:00+01:00",
        "author": {{"name": "Ann Hale"}}}}"""
    return f"""<!doctype html><html lang="en"><head><title>{title}</title>{link}
        <script type="application/ld+json">{about}</script></head>
        <body><article><h1>{title}</h1>{"".join(f"<p>{p}</p>" for p in body)}</article></body></html>"""


def serving(html=None, *, final_url="", plain=None):
    """A fetcher that has this page at every address."""

    def fetcher(url, *, user_agent):
        kind = "text/html" if plain is None else "text/plain"
        body = (html or plain).encode()
        return Fetched(url, final_url or url, 200, kind, f"{kind}; charset=utf-8", body)

    return fetcher
