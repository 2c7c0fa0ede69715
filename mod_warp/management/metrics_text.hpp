// Figures in the text formats that Prometheus reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "mod_warp/core/tally_record.hpp"

namespace warp::management {

enum class MetricsFormat : std::uint8_t {
  kPrometheus,   // text/plain; version=0.0.4
  kOpenMetrics,  // application/openmetrics-text; version=1.0.0
};

// By the field Accept of a request.
[[nodiscard]] MetricsFormat choose_format(std::string_view accept);
[[nodiscard]] const char* content_type_of(MetricsFormat format);

enum class MetricKind : std::uint8_t { kCounter, kGauge, kHistogram };

struct Family {
  std::string_view name;  // without _total
  MetricKind kind{};
  std::string_view unit;  // "seconds", "bytes", "ratio": the end of the name; empty: none
  std::string_view help;
};

// "0.25", "1.0", "1e+20", "NaN".
[[nodiscard]] std::string number_text(double number);
// As the value of a label or a text of HELP: one line, of valid UTF-8 whatever it was.
[[nodiscard]] std::string escaped(std::string_view text);

struct Label {
  std::string_view name;
  std::string_view value;
};
// Of values that are ours or numbers: nothing in them needs an escape.
using Labels = std::initializer_list<Label>;

class MetricsText final {
 public:
  explicit MetricsText(MetricsFormat format) : format_(format) {}

  // All values of a family follow it.
  void begin(const Family& family);
  void value(Labels labels, std::uint64_t number);
  void seconds(Labels labels, std::chrono::microseconds duration);
  // A fraction, with four decimals; zero when there is no whole.
  void ratio(Labels labels, std::uint64_t part, std::uint64_t whole);
  void histogram(std::string_view group, const core::HistogramRecord<std::uint64_t>& times);
  // With labels of anybody's.
  void sample(std::string_view suffix, std::span<const Label> labels, double number);
  [[nodiscard]] std::string finish() &&;

 private:
  [[nodiscard]] std::string_view suffix() const;
  void line(std::string_view suffix, Labels labels, std::string_view number);

  MetricsFormat format_;
  Family family_;
  std::string text_;
};

}  // namespace warp::management
