-- SPDX-License-Identifier: GPL-3.0-or-later
-- wrk -s load.lua URL -- FILE: sends the file's requests (each behind a line with its size) in turn; prints one line of JSON.
local requests, at = {}, 0

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  local size = file:read("*n")
  while size do
    file:read(1)
    requests[#requests + 1] = file:read(size)
    size = file:read("*n")
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\n{"count": %d, "seconds": %f, "refused": %d, "bytes": %d, "p99": %f}\n', summary.requests,
    summary.duration / 1e6, errors.status + errors.connect + errors.read + errors.write + errors.timeout, summary.bytes,
    latency:percentile(99) / 1e3))
end
