#include "figures/series_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <set>

#include "base/strings.hpp"
#include "figures/series_memory.hpp"

namespace warp::figures {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t Size>
std::string text_in(const std::array<char, Size>& field) {
  return {field.data(), ::strnlen(field.data(), Size)};
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  if (text.empty()) return names;
  for (const std::string_view name : split(text, ',')) names.emplace_back(name);
  return names;
}

bool are_label_names(const std::vector<std::string>& names) {
  const std::set<std::string> distinct(names.begin(), names.end());
  return distinct.size() == names.size() &&
         std::all_of(names.begin(), names.end(),
                     [](const auto& each) { return is_label_name(each); });
}

bool are_ends(const std::vector<double>& ends) {
  const auto is_not_less = [](double a, double b) { return !(a < b); };
  return std::all_of(ends.begin(), ends.end(), [](double end) { return std::isfinite(end); }) &&
         std::adjacent_find(ends.begin(), ends.end(), is_not_less) == ends.end();
}

struct FoundFamily {
  SeriesFamily family;
  std::uint64_t declared_us = 0;
  std::map<std::string, SeriesNumbers> series;  // by their labels as they are written
};

std::optional<FoundFamily> read_family(const FamilyRecord& record) {
  if (record.state.load(std::memory_order_acquire) != RecordState::kComplete) return std::nullopt;
  FoundFamily found{
      .family = {.name = text_in(record.name),
                 .kind = record.kind.load(std::memory_order_relaxed),
                 .help = text_in(record.help),
                 .labels = names_in(text_in(record.labels)),
                 .ends = {record.ends.begin(),
                          record.ends.begin() +
                              std::min<std::ptrdiff_t>(record.end_count.load(), kMostBuckets)},
                 .series = {}},
      .declared_us = record.declared_us.load(std::memory_order_relaxed),
      .series = {}};
  const SeriesFamily& family = found.family;
  const bool is_good = static_cast<std::uint32_t>(family.kind) < kSeriesKinds &&
                       is_metric_name(family.name) && are_label_names(family.labels) &&
                       are_ends(family.ends);
  return is_good ? std::optional(std::move(found)) : std::nullopt;
}

std::size_t parts_in(const SeriesFamily& family) {
  return family.kind == SeriesKind::kHistogram ? family.ends.size() + 2 : 1;
}

bool is_gauge(SeriesKind kind) {
  return kind != SeriesKind::kCounter && kind != SeriesKind::kHistogram;
}

// What counts can't be less than nothing, whoever has written it.
double counted(double number) { return std::isfinite(number) && number > 0 ? number : 0; }

double finite(double number) { return std::isfinite(number) ? number : 0; }

enum class Meaning : bool { kCount, kSum };

void join_number(SeriesKind kind, Meaning meaning, bool is_first, double& total, double number) {
  switch (kind) {
    case SeriesKind::kGaugeMax:
      total = is_first ? number : std::max(total, number);
      return;
    case SeriesKind::kGaugeMin:
      total = is_first ? number : std::min(total, number);
      return;
    case SeriesKind::kGaugeSum:
      total += number;
      return;
    case SeriesKind::kCounter:
    case SeriesKind::kHistogram:
      break;
  }
  total += meaning == Meaning::kSum ? finite(number) : counted(number);
}

// What looks the same on the page is the same; a zero separates the values.
std::string values_in(const std::array<char, kLongestLabelValues>& field, std::size_t size) {
  std::string values(field.data(), std::min(size, field.size()));
  std::replace_if(
      values.begin(), values.end(), [](char c) { return c > '\0' && c < ' ' && c != '\n'; }, '?');
  return values;
}

// `room`: for how many more parts there is. Who keeps to the rules has a cell for each, so that a
// worker that does not can't make the page longer than the memory is.
void add_cell(FoundFamily& found, const CellRecord& record, double number, std::size_t& room) {
  const std::size_t size = record.size.load(std::memory_order_relaxed);
  const std::uint32_t part = record.part.load(std::memory_order_relaxed);
  const std::string key = values_in(record.labels, size);
  std::vector<std::string> labels;
  if (!found.family.labels.empty())
    for (const std::string_view value : split(key, '\0')) labels.emplace_back(value);
  const std::size_t parts = parts_in(found.family);
  const bool fits = labels.size() == found.family.labels.size() && (!labels.empty() || key.empty());
  if (!fits || part >= parts) return;
  const bool is_new = found.series.count(key) == 0;
  if (is_new && parts > room) return;
  SeriesNumbers& numbers = found.series[key];
  if (is_new) {
    room -= parts;
    numbers = {.labels = std::move(labels), .parts = std::vector<double>(parts, 0.0)};
  }
  const bool is_sum = found.family.kind == SeriesKind::kHistogram && part + 1 == parts;
  join_number(found.family.kind, is_sum ? Meaning::kSum : Meaning::kCount, is_new,
              numbers.parts[part], number);
}

bool is_same_shape(const SeriesFamily& a, const SeriesFamily& b) {
  return a.kind == b.kind && a.help == b.help && a.labels == b.labels && a.ends == b.ends;
}

// By record. What two processes have declared at once is one metric; of others with one name the
// last that was declared counts.
class Families final {
 public:
  explicit Families(const SeriesMemory& memory) {
    for (std::size_t i = 0; i < memory.families.size(); ++i)
      if (auto read = read_family(memory.families[i])) add(i, *std::move(read));
  }
  [[nodiscard]] FoundFamily* of(std::uint32_t record) {
    if (record >= by_record_.size() || by_record_[record].empty()) return nullptr;
    return &by_name_.at(by_record_[record]);
  }
  [[nodiscard]] std::map<std::string, FoundFamily>& all() { return by_name_; }

 private:
  void add(std::size_t record, FoundFamily&& read) {
    const std::string name = read.family.name;
    const auto known = by_name_.find(name);
    if (known != by_name_.end() && !is_same_shape(known->second.family, read.family)) {
      if (known->second.declared_us > read.declared_us) return;
      for (std::string& each : by_record_)
        if (each == name) each.clear();
      by_name_.erase(known);
    }
    by_name_.try_emplace(name, std::move(read));
    by_record_[record] = name;
  }

  std::array<std::string, kMostFamilies> by_record_;  // names; empty: not to be shown
  std::map<std::string, FoundFamily> by_name_;
};

}  // namespace

bool is_metric_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || name.starts_with("warp_")) return false;
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == ':'; };
  if (is_digit(name.front()) || !std::all_of(name.begin(), name.end(), fits)) return false;
  // These are ends of lines that belong to a metric, by its kind.
  for (const std::string_view end : {"_total", "_bucket", "_count", "_sum", "_created", "_info"})
    if (name.ends_with(end)) return false;
  return true;
}

bool is_label_name(std::string_view name) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c); };
  return !name.empty() && !is_digit(name.front()) && std::all_of(name.begin(), name.end(), fits) &&
         !name.starts_with("__") && name != "le" && name != "group" && name != "quantile";
}

SeriesView read_series(const Series& series, std::span<const pid_t> workers) {
  const SeriesMemory& memory = series.memory();
  const std::set<pid_t> living(workers.begin(), workers.end());
  SeriesView view{.families = {},
                  .dropped = memory.dropped.load(std::memory_order_relaxed),
                  .cells = std::min<std::uint32_t>(
                      memory.cells_used.load(std::memory_order_relaxed), kMostCells)};
  Families families(memory);
  std::size_t room = kMostCells;
  for (std::uint32_t i = 0; i < view.cells; ++i) {
    const CellRecord& record = memory.cells[i];
    if (record.state.load(std::memory_order_acquire) != RecordState::kComplete) continue;
    FoundFamily* const found = families.of(record.family.load(std::memory_order_relaxed));
    if (found == nullptr) continue;
    const pid_t owner = record.owner.load(std::memory_order_acquire);
    if (is_gauge(found->family.kind) && living.count(owner) == 0) continue;
    add_cell(*found, record, series.value(i), room);
  }
  for (auto& [name, found] : families.all()) {
    for (auto& [key, numbers] : found.series) found.family.series.push_back(std::move(numbers));
    view.families.push_back(std::move(found.family));
  }
  return view;
}

}  // namespace warp::figures
