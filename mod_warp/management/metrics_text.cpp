#include "mod_warp/management/metrics_text.hpp"

#include <array>

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

std::string seconds(std::uint64_t microseconds) { return decimal(microseconds, 1'000'000); }

}  // namespace

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
  line(family_.kind == MetricKind::kCounter ? "_total" : "", labels, std::to_string(number));
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
    const std::string end = has_end ? seconds(core::kBucketEnds[i]) : "+Inf";
    line("_bucket", {{"group", group}, {"le", end}}, std::to_string(count));
  }
  line("_sum", {{"group", group}}, seconds(times.sum));
  line("_count", {{"group", group}}, std::to_string(count));
}

std::string MetricsText::finish() && {
  if (format_ == MetricsFormat::kOpenMetrics) text_ += "# EOF\n";
  return std::move(text_);
}

}  // namespace warp::management
