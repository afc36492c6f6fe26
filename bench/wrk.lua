-- Asks for the addresses of the file REQUESTS in turn, one a line, each perhaps with a tab and the ETag to match.
local requests, at = {}, 0

function init(args)
  for line in io.lines(os.getenv("REQUESTS")) do
    local path, etag = line:match("^([^\t]*)\t?(.*)$")
    local headers = {["Accept"] = "application/json", ["Host"] = "127.0.0.1"}
    if etag ~= "" then headers["If-None-Match"] = etag end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "seconds": %.4f, "p50": %.3f, "p99": %.3f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
