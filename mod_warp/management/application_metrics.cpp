#include "mod_warp/management/application_metrics.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "figures/series_reader.hpp"

namespace warp::management {
namespace {

using figures::SeriesFamily;
using figures::SeriesKind;
using figures::SeriesNumbers;

MetricKind kind_of(SeriesKind kind) {
  if (kind == SeriesKind::kCounter) return MetricKind::kCounter;
  return kind == SeriesKind::kHistogram ? MetricKind::kHistogram : MetricKind::kGauge;
}

// The two formats do not agree on how a quotation mark is written there.
std::string help_text(std::string text) {
  std::replace(text.begin(), text.end(), '"', '\'');
  return escaped(text);
}

struct GroupsFamily {
  std::string_view group;
  const SeriesFamily* family;
};

std::vector<Label> labels_of(const GroupsFamily& of, const SeriesNumbers& numbers) {
  std::vector<Label> labels = {{"group", of.group}};
  for (std::size_t i = 0; i < numbers.labels.size(); ++i)
    labels.push_back({of.family->labels[i], numbers.labels[i]});
  return labels;
}

void add_histogram(MetricsText& text, const GroupsFamily& of, const SeriesNumbers& numbers) {
  const std::vector<double>& ends = of.family->ends;
  const std::vector<Label> labels = labels_of(of, numbers);
  double count = 0;
  for (std::size_t i = 0; i <= ends.size(); ++i) {
    count += numbers.parts[i];
    std::vector<Label> of_bucket = labels;
    const std::string end = i < ends.size() ? number_text(ends[i]) : "+Inf";
    of_bucket.push_back({"le", end});
    text.sample("_bucket", of_bucket, count);
  }
  text.sample("_sum", labels, numbers.parts.back());
  text.sample("_count", labels, count);
}

void add_series(MetricsText& text, const GroupsFamily& of) {
  for (const SeriesNumbers& numbers : of.family->series) {
    if (of.family->kind == SeriesKind::kHistogram)
      add_histogram(text, of, numbers);
    else
      text.sample(of.family->kind == SeriesKind::kCounter ? "_total" : "", labels_of(of, numbers),
                  numbers.parts.front());
  }
}

void add_room(MetricsText& text, std::span<const GroupFigures> groups,
              const std::vector<figures::SeriesView>& views) {
  text.begin({"warp_application_updates_dropped", MetricKind::kCounter, "",
              "Updates of the application's metrics whose series had no room."});
  for (std::size_t i = 0; i < groups.size(); ++i)
    text.value({{"group", groups[i].name}}, views[i].dropped);
  text.begin({"warp_application_numbers", MetricKind::kGauge, "",
              "Numbers that the application's metrics consist of; there is room for 8192."});
  for (std::size_t i = 0; i < groups.size(); ++i)
    text.value({{"group", groups[i].name}}, views[i].cells);
}

}  // namespace

void add_application_metrics(MetricsText& text, std::span<const GroupFigures> groups) {
  static_assert(figures::kMostCells == 8192);
  std::vector<figures::SeriesView> views;
  for (const GroupFigures& group : groups)
    views.push_back(figures::read_series(*group.series, group.worker_pids));
  add_room(text, groups, views);
  std::map<std::string_view, std::vector<GroupsFamily>> families;
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const SeriesFamily& family : views[i].families)
      families[family.name].push_back({.group = groups[i].name, .family = &family});
  for (const auto& [name, all] : families) {
    const SeriesFamily& first = *all.front().family;
    const std::string help = help_text(first.help);
    text.begin({name, kind_of(first.kind), "", help});
    for (const GroupsFamily& each : all)
      if (kind_of(each.family->kind) == kind_of(first.kind)) add_series(text, each);
  }
}

}  // namespace warp::management
