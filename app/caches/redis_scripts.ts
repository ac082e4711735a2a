/**
 * The atomic scripts of the Redis cache. Each touches one shard: KEYS[1] is a hash with the shard's floors, the flag
 * `complete`, the expiry of all its values and the watermark. Losing all of it is safe, losing part is not; so no floor
 * expires or is evicted while `complete` is set.
 *
 * Positions are 16 upper-case hexadecimal digits, which compare as strings; times are milliseconds of Redis time.
 * `KEYS[2]` is a hash of pages: position (16 characters), expiry (13), value. Next to it is a sorted set of the pages
 * by the time of their last use; Redis may evict it earlier, then any page makes room.
 */

/**
 * Floors that another master has written may be outdated and do not count: after a restart, a failover, or when the slot
 * was moved. The replication id is a new one with each start and each promotion of a master.
 */
const COMMON = `
local state = KEYS[1]
local master = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
if redis.call('HGET', state, 'master') ~= master then
  redis.call('DEL', state)
  redis.call('HSET', state, 'master', master)
end

local function later(one, other)
  if not one then return other end
  return one > other and one or other
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function floor_of(key)
  local floors = redis.call('HMGET', state, 'base', 'floor:' .. key)
  return later(floors[1], later(floors[2], '0000000000000000'))
end
`

export const SCRIPTS = {
  /** KEYS: state, pages, lease, uses. ARGV: key, field, holder of the lease, its duration. */
  readPage: `${COMMON}
local floor = floor_of(ARGV[1])
local facts = redis.call('HMGET', state, 'complete', 'alive_until', 'watermark')
local counts = facts[1] and facts[2] and tonumber(facts[2]) > now()
if not counts then return { floor, 1 } end
local page = redis.call('HGET', KEYS[2], ARGV[2])
if page then
  local position = string.sub(page, 1, 16)
  if position >= floor and tonumber(string.sub(page, 17, 29)) > now() then
    redis.call('ZADD', KEYS[4], 'XX', now(), ARGV[2])
    return { floor, 1, position, later(facts[3], position), string.sub(page, 30) }
  end
end
return { floor, redis.call('SET', KEYS[3], ARGV[3], 'NX', 'PX', ARGV[4]) and 1 or 0 }
`,

  /** KEYS: state, pages, lease, uses. ARGV: key, field, lease holder, position, value, TTL, maximum pages. */
  fillPage: `${COMMON}
if redis.call('GET', KEYS[3]) == ARGV[3] then redis.call('DEL', KEYS[3]) end
if not redis.call('HGET', state, 'complete') or ARGV[4] < floor_of(ARGV[1]) then return 0 end
redis.call('HDEL', KEYS[2], ARGV[2])
while redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[7]) do
  local least = redis.call('ZPOPMIN', KEYS[4])[1] or redis.call('HRANDFIELD', KEYS[2])
  redis.call('HDEL', KEYS[2], least)
end
local expiry = string.format('%013.0f', now() + ARGV[6])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[4] .. expiry .. ARGV[5])
redis.call('ZADD', KEYS[4], now(), ARGV[2])
for _, key in ipairs({ KEYS[2], KEYS[4] }) do
  if redis.call('PTTL', key) < tonumber(ARGV[6]) then redis.call('PEXPIRE', key, ARGV[6]) end
end
return 1
`,

  /**
   * KEYS: state, the keys' pages, their uses. ARGV: position, maximum floors, the keys. Excess floors are folded into the
   * base, the floor of every key of the shard: stricter than needed, never laxer.
   */
  raiseFloors: `${COMMON}
for index = 3, #ARGV do
  local field = 'floor:' .. ARGV[index]
  redis.call('UNLINK', KEYS[index - 1], KEYS[index - 3 + #ARGV])
  redis.call('HSET', state, field, later(redis.call('HGET', state, field), ARGV[1]))
end
redis.call('HSET', state, 'highest', later(redis.call('HGET', state, 'highest'), ARGV[1]))
if redis.call('HLEN', state) <= tonumber(ARGV[2]) then return end
local base = later(redis.call('HGET', state, 'base'), redis.call('HGET', state, 'highest'))
local names = { 'master', 'complete', 'token', 'alive_until', 'watermark' }
local facts = redis.call('HMGET', state, unpack(names))
redis.call('UNLINK', state)
redis.call('HSET', state, 'base', base)
for index, name in ipairs(names) do
  if facts[index] then redis.call('HSET', state, name, facts[index]) end
end
`,

  /** KEYS: state. ARGV: position. */
  raiseBase: `${COMMON}
redis.call('HSET', state, 'base', later(redis.call('HGET', state, 'base'), ARGV[1]))
`,

  /**
   * KEYS: state. ARGV: a new token. Returns Redis time, which master's it is, and, while floors are missing, the token of
   * this loss.
   */
  findLoss: `${COMMON}
if redis.call('HGET', state, 'complete') then return { now(), master, '' } end
redis.call('HSETNX', state, 'token', ARGV[1])
return { now(), master, redis.call('HGET', state, 'token') }
`,

  /** KEYS: state. ARGV: the token, a position sampled after it was read. No-op after a further loss. */
  repairLoss: `${COMMON}
if redis.call('HGET', state, 'token') ~= ARGV[1] then return end
redis.call('HSET', state, 'base', later(redis.call('HGET', state, 'base'), ARGV[2]), 'complete', '1')
redis.call('HDEL', state, 'token')
`,

  /** KEYS: state. ARGV: expiry of all values, by which master's clock, watermark. No-op on another master. */
  keepAlive: `${COMMON}
if ARGV[2] ~= master then return end
local watermark = later(redis.call('HGET', state, 'watermark'), ARGV[3])
redis.call('HSET', state, 'alive_until', ARGV[1], 'watermark', watermark)
`,
}
