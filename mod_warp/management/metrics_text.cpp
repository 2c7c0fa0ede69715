#include "mod_warp/management/metrics_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace warp::management {
namespace {

std::string_view text_of(MetricKind kind) {
  constexpr std::array<std::string_view, 3> kTexts = {"counter", "gauge", "histogram"};
  return kTexts[static_cast<std::size_t>(kind)];
}

// Of a thousandth, a millionth …: 1500 in thousandths is "1.5", 2000 "2.0".
std::string decimal(std::uint64_t number, std::uint64_t parts) {
  std::string digits = std::to_string(parts + number % parts).substr(1);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return std::to_string(number / parts) + '.' + digits;
}

std::string in_seconds(std::uint64_t microseconds) { return decimal(microseconds, 1'000'000); }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// How many bytes the character at the text's start has; 0 when it is none of UTF-8's. Overlong
// forms and surrogates (RFC 3629 3) are told by their second byte.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if (!is_continuation(text[i])) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool is_wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return is_wrong ? 0 : size;
}

}  // namespace

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "+Inf" : "-Inf";
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  std::string text(digits.data(), end.ptr);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string escaped(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(size, 1));
    text.remove_prefix(character.size());
    if (character == "\n")
      line += "\\n";
    else if (character == "\"" || character == "\\")
      line.append("\\").append(character);
    else if (size == 0 || (size == 1 && static_cast<unsigned char>(character[0]) < ' '))
      line += '?';
    else
      line += character;
  }
  return line;
}

// A weight of zero, with which a client can refuse a format, is not something that scrapers send.
MetricsFormat choose_format(std::string_view accept) {
  return accept.find("application/openmetrics-text") != std::string_view::npos
             ? MetricsFormat::kOpenMetrics
             : MetricsFormat::kPrometheus;
}

const char* content_type_of(MetricsFormat format) {
  return format == MetricsFormat::kOpenMetrics
             ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
             : "text/plain; version=0.0.4; charset=utf-8";
}

void MetricsText::begin(const Family& family) {
  family_ = family;
  const bool is_open = format_ == MetricsFormat::kOpenMetrics;
  std::string name(family.name);
  if (family.kind == MetricKind::kCounter && !is_open) name += "_total";
  text_.append("# HELP ").append(name).append(" ").append(family.help).append("\n");
  text_.append("# TYPE ").append(name).append(" ").append(text_of(family.kind)).append("\n");
  if (is_open && !family.unit.empty())
    text_.append("# UNIT ").append(name).append(" ").append(family.unit).append("\n");
}

std::string_view MetricsText::suffix() const {
  return family_.kind == MetricKind::kCounter ? "_total" : "";
}

void MetricsText::line(std::string_view suffix, Labels labels, std::string_view number) {
  text_.append(family_.name).append(suffix);
  char before = '{';
  for (const Label& label : labels) {
    text_ += before;
    text_.append(label.name).append("=\"").append(label.value).append("\"");
    before = ',';
  }
  if (before == ',') text_ += '}';
  text_.append(" ").append(number).append("\n");
}

void MetricsText::value(Labels labels, std::uint64_t number) {
  line(suffix(), labels, std::to_string(number));
}

void MetricsText::seconds(Labels labels, std::chrono::microseconds duration) {
  line(suffix(), labels, in_seconds(static_cast<std::uint64_t>(duration.count())));
}

void MetricsText::ratio(Labels labels, std::uint64_t part, std::uint64_t whole) {
  constexpr std::uint64_t kParts = 10'000;
  line("", labels, decimal(whole == 0 ? 0 : part * kParts / whole, kParts));
}

void MetricsText::histogram(std::string_view group,
                            const core::HistogramRecord<std::uint64_t>& times) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < times.buckets.size(); ++i) {
    count += times.buckets[i];
    const bool has_end = i < core::kBucketEnds.size();
    const std::string end = has_end ? in_seconds(core::kBucketEnds[i]) : "+Inf";
    line("_bucket", {{"group", group}, {"le", end}}, std::to_string(count));
  }
  line("_sum", {{"group", group}}, in_seconds(times.sum));
  line("_count", {{"group", group}}, std::to_string(count));
}

void MetricsText::sample(std::string_view suffix, std::span<const Label> labels, double number) {
  text_.append(family_.name).append(suffix);
  char before = '{';
  for (const auto& [name, value] : labels) {
    text_ += before;
    text_.append(name).append("=\"").append(escaped(value)).append("\"");
    before = ',';
  }
  text_.append(before == ',' ? "} " : " ").append(number_text(number)).append("\n");
}

std::string MetricsText::finish() && {
  if (format_ == MetricsFormat::kOpenMetrics) text_ += "# EOF\n";
  return std::move(text_);
}

}  // namespace warp::management
