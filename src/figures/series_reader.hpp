// The application's metrics at one moment, whatever stands in their memory: bounded, with
// well-formed names and texts, each name once.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "figures/series.hpp"

namespace warp::figures {

struct SeriesNumbers {
  std::vector<std::string> labels;  // values, in the order of the names
  std::vector<double> parts;        // one; of a histogram each bucket by itself, then the sum
};

struct SeriesFamily {
  std::string name;
  SeriesKind kind{};
  std::string help;
  std::vector<std::string> labels;  // names
  std::vector<double> ends;
  std::vector<SeriesNumbers> series;
};

struct SeriesView {
  std::vector<SeriesFamily> families;
  std::uint64_t dropped = 0;
  std::uint32_t cells = 0;  // in use
};

// `workers`: the processes whose gauges count.
[[nodiscard]] SeriesView read_series(const Series& series, std::span<const pid_t> workers);

// "[a-zA-Z_:][a-zA-Z0-9_:]*", and none of ours.
[[nodiscard]] bool is_metric_name(std::string_view name);
// "[a-zA-Z_][a-zA-Z0-9_]*", and none that has a meaning already.
[[nodiscard]] bool is_label_name(std::string_view name);

}  // namespace warp::figures
