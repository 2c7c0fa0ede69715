#include "json_log/error_line.hpp"

#include <array>
#include <ctime>
#include <optional>

#include "base/json_line.hpp"
#include "base/strings.hpp"

namespace warp {
namespace {

struct ErrorLine {
  std::int64_t time = 0;
  std::string_view module{};
  std::string_view level{};
  std::optional<std::uint64_t> process{};
  std::optional<std::uint64_t> thread{};
  std::string_view client{};
  std::string_view request{};
  std::string_view source{};
  std::string message{};
};

// Takes "[content] " from the front of the text, if its content begins so.
std::optional<std::string_view> take_bracket(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with('[') || !text.substr(1).starts_with(beginning)) return std::nullopt;
  const std::size_t end = text.find("] ");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view content = text.substr(1 + beginning.size(), end - 1 - beginning.size());
  text.remove_prefix(end + 2);
  return content;
}

// "Thu Nov 26 17:24:06.301453 2026", of this machine's time zone.
std::optional<std::int64_t> parse_time(std::string_view text) {
  constexpr std::size_t kFraction = 6;
  constexpr std::int64_t kSecond = 1'000'000;
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() < point + 1 + kFraction) return std::nullopt;
  const auto fraction = parse_unsigned(text.substr(point + 1, kFraction));
  const std::string whole(std::string(text.substr(0, point)) +
                          std::string(text.substr(point + 1 + kFraction)));
  std::tm parts{};
  parts.tm_isdst = -1;
  const char* const end = ::strptime(whole.c_str(), "%a %b %d %H:%M:%S %Y", &parts);
  if (!fraction || end == nullptr || *end != '\0') return std::nullopt;
  return std::int64_t{::mktime(&parts)} * kSecond + static_cast<std::int64_t>(*fraction);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// What stands behind a backslash; nullopt for what httpd does not write.
std::optional<char> simple_escape(char c) {
  constexpr std::array<std::pair<char, char>, 7> kEscapes = {
      {{'\\', '\\'}, {'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'b', '\b'}, {'f', '\f'}, {'v', '\v'}}};
  for (const auto& [letter, meaning] : kEscapes)
    if (letter == c) return meaning;
  return std::nullopt;
}

// httpd writes control characters, bytes beyond ASCII and the backslash with a backslash.
std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
    } else if (const auto meaning = simple_escape(text[i + 1])) {
      plain += *meaning;
      ++i;
    } else if (text[i + 1] == 'x' && i + 3 < text.size() && digit_of(text[i + 2]) >= 0 &&
               digit_of(text[i + 3]) >= 0) {
      plain += static_cast<char>(digit_of(text[i + 2]) * 16 + digit_of(text[i + 3]));
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// "127.0.0.1:47908", "[::1]:80"
std::string_view without_port(std::string_view address) {
  address = address.substr(0, address.rfind(':'));
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  return address;
}

void read_ids(ErrorLine& entry, std::string_view ids) {
  const std::size_t colon = ids.find(":tid ");
  entry.process = parse_unsigned(ids.substr(0, colon));
  if (colon != std::string_view::npos) entry.thread = parse_unsigned(ids.substr(colon + 5));
}

// Who says it, and the text without what repeats that.
void read_message(ErrorLine& entry, std::string_view text) {
  for (const std::string_view program : {"warp-supervisor", "warp-worker", "warp-service"}) {
    if (entry.module != "warp" || !text.starts_with(program) ||
        !text.substr(program.size()).starts_with(": "))
      continue;
    entry.source = program;
    // Our processes do not write a backslash twice.
    entry.message = text.substr(program.size() + 2);
    return;
  }
  const std::string prefix = "[" + std::string(entry.request) + "] ";
  const bool is_application = !entry.request.empty() && text.starts_with(prefix);
  entry.source = is_application ? "application" : "httpd";
  if (is_application) text.remove_prefix(prefix.size());
  entry.message = without_escapes(text);
}

std::optional<ErrorLine> parse(std::string_view line) {
  ErrorLine entry;
  const auto date = take_bracket(line, "");
  const auto time = date ? parse_time(*date) : std::nullopt;
  const auto origin = time ? take_bracket(line, "") : std::nullopt;
  const std::size_t colon = origin ? origin->find(':') : std::string_view::npos;
  const auto ids = colon != std::string_view::npos ? take_bracket(line, "pid ") : std::nullopt;
  if (!ids) return std::nullopt;
  entry.time = *time;
  entry.module = origin->substr(0, colon);
  entry.level = origin->substr(colon + 1);
  read_ids(entry, *ids);
  entry.client = without_port(take_bracket(line, "client ").value_or(""));
  entry.request = take_bracket(line, "request ").value_or("");
  read_message(entry, line);
  return entry;
}

void add_number(JsonLine& line, std::string_view name, std::optional<std::uint64_t> number) {
  if (number) line.add(name, static_cast<std::int64_t>(*number));
}

void add_service(JsonLine& line, std::string_view service) {
  if (!service.empty()) line.add("service", service);
}

}  // namespace

std::string json_of_error_line(std::string_view line, std::int64_t now, std::string_view service) {
  JsonLine json;
  const auto entry = parse(line);
  if (!entry) {
    json.add("time", utc_time(now)).add("source", service.empty() ? "standard error" : "service");
    add_service(json, service);
    json.add("message", line);
    return std::move(json).take();
  }
  json.add("time", utc_time(entry->time)).add("level", entry->level).add("source", entry->source);
  add_service(json, service);
  json.add_or_null("module", entry->module);
  add_number(json, "pid", entry->process);
  add_number(json, "tid", entry->thread);
  json.add_or_null("client", entry->client)
      .add_or_null("request_id", entry->request)
      .add("message", entry->message);
  return std::move(json).take();
}

}  // namespace warp
