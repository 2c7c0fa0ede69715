#include "wire/log_record.hpp"

#include <cassert>

#include "wire/bytes.hpp"
#include "wire/frame.hpp"

namespace warp::wire {
namespace {

bool is_level(std::uint8_t level) { return level >= kLogCritical && level <= kLogDebug; }

}  // namespace

void encode_log_record(std::string& out, const LogRecord& record) {
  assert(is_level(record.level) && record.text.size() <= kMaxLogText);
  out.reserve(out.size() + sizeof record.level + record.text.size());
  put_number(out, record.level);
  out += record.text;
}

Result<LogRecord> decode_log_record(std::string_view payload) {
  Reader reader(payload);
  LogRecord record;
  WARP_TRY(record.level, reader.number<std::uint8_t>("log level"));
  if (!is_level(record.level))
    return fail(Errc::kProtocol,
                "log level " + std::to_string(record.level) + " is not from 2 to 7");
  record.text = payload.substr(sizeof record.level);
  if (record.text.size() > kMaxLogText)
    return fail(Errc::kProtocol,
                "log record of more than " + std::to_string(kMaxLogText) + " bytes");
  return record;
}

}  // namespace warp::wire
