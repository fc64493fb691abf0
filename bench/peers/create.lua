-- Requests of wrk that each create something under an id of its own. Arguments: the name of this round, the body with ID in it.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  round = arguments[1]
  local file = io.open(arguments[2])
  body = file:read("*a")
  file:close()
  count = 0
end

function request()
  count = count + 1
  local id = round .. "-" .. number .. "-" .. count
  return wrk.format("POST", nil, nil, (body:gsub("ID", id)))
end
