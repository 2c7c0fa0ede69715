#include "worker/request_log.hpp"

#include <string>

#include "wire/frame.hpp"
#include "wire/log_record.hpp"

namespace warp::worker {
namespace {

std::uint8_t wire_level(LogLevel level) {
  switch (level) {
    case LogLevel::kTrace:
    case LogLevel::kDebug:
      return wire::kLogDebug;
    case LogLevel::kInfo:
      return wire::kLogInfo;
    case LogLevel::kNotice:
      return wire::kLogNotice;
    case LogLevel::kWarn:
      return wire::kLogWarning;
    case LogLevel::kError:
      return wire::kLogError;
    case LogLevel::kCritical:
      return wire::kLogCritical;
  }
  return wire::kLogError;
}

bool is_within_character(char byte) {
  constexpr unsigned char kMask = 0xc0;
  constexpr unsigned char kContinuation = 0x80;
  return (static_cast<unsigned char>(byte) & kMask) == kContinuation;
}

// The text's start that fits a frame: whole lines if there are any, else whole characters of UTF-8.
std::string_view first_piece(std::string_view text) {
  if (text.size() <= wire::kMaxLogText) return text;
  if (const std::size_t newline = text.rfind('\n', wire::kMaxLogText - 1);
      newline != std::string_view::npos)
    return text.substr(0, newline + 1);
  constexpr std::size_t kLongestCharacter = 4;
  std::size_t size = wire::kMaxLogText;
  while (size > wire::kMaxLogText - kLongestCharacter && is_within_character(text[size])) --size;
  return text.substr(0, size);
}

}  // namespace

bool RequestLog::write(LogLevel level, std::string_view text) {
  std::string payload;
  do {
    const std::string_view piece = first_piece(text);
    text.remove_prefix(piece.size());
    payload.clear();
    wire::encode_log_record(payload, {.level = wire_level(level), .text = piece});
    if (!outlet_.send({.type = wire::FrameType::kLog, .payload = payload})) return false;
  } while (!text.empty());
  return true;
}

}  // namespace warp::worker
