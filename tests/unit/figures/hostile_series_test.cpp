// A worker can write anything into the memory of the application's metrics.
#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "figures/series.hpp"
#include "figures/series_memory.hpp"
#include "figures/series_reader.hpp"

namespace warp::figures {
namespace {

// As a worker has it: all of the mapping.
SeriesMemory& memory_of(const Series& series) { return const_cast<SeriesMemory&>(series.memory()); }

void scribble(std::span<unsigned char> bytes, std::mt19937& random) {
  for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(random());
}

void fill(const Series& series) {
  const auto family = series.declare(
      {.name = "orders", .kind = SeriesKind::kCounter, .help = "Orders.", .labels = "shop"});
  for (int i = 0; i < 50; ++i)
    series.add(*series.cell({.family = *family, .labels = std::to_string(i)}), 1);
}

// Some bytes here and there, so that much still looks right.
void damage(const Series& series, std::mt19937& random) {
  auto* const bytes = reinterpret_cast<unsigned char*>(&memory_of(series));
  constexpr std::size_t kStart = offsetof(SeriesMemory, families);
  for (int i = 0; i < 200; ++i) {
    bytes[random() % 16] = static_cast<unsigned char>(random());
    bytes[kStart + random() % sizeof(FamilyRecord)] = static_cast<unsigned char>(random());
    bytes[offsetof(SeriesMemory, cells) + random() % (50 * sizeof(CellRecord))] =
        static_cast<unsigned char>(random());
  }
}

void expect_orderly(const SeriesView& view) {
  std::set<std::string> names;
  EXPECT_LE(view.cells, kMostCells);
  for (const SeriesFamily& family : view.families) {
    EXPECT_TRUE(is_metric_name(family.name));
    EXPECT_TRUE(names.insert(family.name).second);
    std::set<std::vector<std::string>> labels;
    for (const std::string& label : family.labels) EXPECT_TRUE(is_label_name(label));
    for (const SeriesNumbers& numbers : family.series) {
      EXPECT_EQ(numbers.labels.size(), family.labels.size());
      EXPECT_TRUE(labels.insert(numbers.labels).second);
      const bool is_histogram = family.kind == SeriesKind::kHistogram;
      EXPECT_EQ(numbers.parts.size(), is_histogram ? family.ends.size() + 2 : 1U);
      if (family.kind == SeriesKind::kCounter) {
        EXPECT_GE(numbers.parts[0], 0);
      }
    }
  }
}

TEST(HostileSeries, IsReadAsSomethingOrderly) {
  std::mt19937 random(9);
  for (int round = 0; round < 100; ++round) {
    const Series series = Series::map(Series::create()->get()).value();
    fill(series);
    damage(series, random);
    expect_orderly(read_series(series, std::vector<pid_t>{1}));
    // Those that count on do no harm either.
    (void)series.cell({.family = 0, .labels = "7"});
    (void)series.own_cell({.family = 3, .labels = "8"}, 1);
    series.add(kMostCells, 1);
  }
}

TEST(HostileSeries, IsReadWhenNothingIsLeftOfIt) {
  std::mt19937 random(10);
  const Series series = Series::map(Series::create()->get()).value();
  auto* const bytes = reinterpret_cast<unsigned char*>(&memory_of(series));
  for (int round = 0; round < 3; ++round) {
    scribble({bytes, sizeof(SeriesMemory)}, random);
    expect_orderly(read_series(series, std::vector<pid_t>{1}));
    (void)series.cell({.family = 0, .labels = "7"});
    (void)series.declare({.name = "x", .kind = SeriesKind::kCounter, .help = ""});
  }
}

TEST(HostileSeries, IsReadOnceWhatIsCheckedAndUsed) {
  const Series series = Series::map(Series::create()->get()).value();
  const auto family =
      series.declare({.name = "level", .kind = SeriesKind::kCounter, .help = "", .labels = "x"});
  for (int i = 0; i < 500; ++i) (void)series.cell({.family = *family, .labels = std::to_string(i)});
  SeriesMemory& memory = memory_of(series);
  const std::jthread worker([&](const std::stop_token& stop) {
    while (!stop.stop_requested())
      for (CellRecord& record : memory.cells) {
        record.part = record.part ^ 0xFFFFFFU;
        record.size = record.size ^ 0xFFFFFFU;
      }
  });
  for (int round = 0; round < 200; ++round) expect_orderly(read_series(series, {}));
}

TEST(HostileSeries, IsNoLongerThanWhatHasACellOfItsOwn) {
  std::array<double, kMostBuckets> ends{};
  std::iota(ends.begin(), ends.end(), 1);
  const Series series = Series::map(Series::create()->get()).value();
  const auto family = series.declare(
      {.name = "sizes", .kind = SeriesKind::kHistogram, .help = "", .labels = "x", .ends = ends});
  SeriesMemory& memory = memory_of(series);
  memory.cells_used = kMostCells;
  for (std::uint32_t i = 0; i < kMostCells; ++i) {
    CellRecord& record = memory.cells[i];
    const std::string label = std::to_string(i);
    std::copy(label.begin(), label.end(), record.labels.begin());
    record.size = static_cast<std::uint32_t>(label.size());
    record.family = *family;
    record.state = RecordState::kComplete;
  }
  const SeriesView view = read_series(series, {});
  ASSERT_EQ(view.families.size(), 1U);
  EXPECT_LE(view.families[0].series.size() * (kMostBuckets + 2), kMostCells);
}

}  // namespace
}  // namespace warp::figures
