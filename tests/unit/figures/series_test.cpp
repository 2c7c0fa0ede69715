#include "figures/series.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "figures/series_reader.hpp"

namespace warp::figures {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SeriesTest : public testing::Test {
 protected:
  [[nodiscard]] SeriesView view(std::vector<pid_t> workers = {::getpid()}) const {
    return read_series(series_, workers);
  }
  // Of the only metric's only series.
  [[nodiscard]] std::vector<double> numbers(std::vector<pid_t> workers = {::getpid()}) const {
    const SeriesView seen = view(std::move(workers));
    if (seen.families.size() != 1 || seen.families[0].series.size() != 1) return {};
    return seen.families[0].series[0].parts;
  }
  std::uint32_t declare(const FamilyShape& shape) const { return series_.declare(shape).value(); }

  Series series_ = Series::map(Series::create()->get()).value();
};

constexpr FamilyShape kOrders{.name = "orders", .kind = SeriesKind::kCounter, .help = "Orders."};
constexpr FamilyShape kPaths{
    .name = "paths", .kind = SeriesKind::kCounter, .help = "", .labels = "method,path"};

// Ends without what a test leaves behind at exit.
template <typename Function>
pid_t run_in_child(Function&& function) {
  const pid_t child = ::fork();
  if (child == 0) {
    function();
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  return child;
}

TEST_F(SeriesTest, CountsOverProcessesThatHaveEnded) {
  for (int i = 0; i < 3; ++i)
    run_in_child([&] {
      const std::uint32_t family = declare(kOrders);
      for (int n = 0; n < 1000; ++n) series_.add(*series_.cell({.family = family}), 1);
    });
  EXPECT_THAT(numbers({}), ElementsAre(3000));
}

TEST_F(SeriesTest, LosesNothingOfThreadsThatCountAtOnce) {
  const std::uint32_t family = declare(kOrders);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        const auto cell = series_.cell({.family = family});
        for (int n = 0; n < 20'000; ++n) series_.add(*cell, 0.5);
      });
  }
  EXPECT_THAT(numbers(), ElementsAre(40'000));
}

TEST_F(SeriesTest, TellsLabelsApart) {
  using namespace std::string_literals;
  const std::uint32_t family = declare(kPaths);
  series_.add(*series_.cell({.family = family, .labels = "GET\0/a"s}), 1);
  series_.add(*series_.cell({.family = family, .labels = "GET\0"s}), 2);
  const SeriesView seen = view();
  ASSERT_THAT(seen.families, SizeIs(1));
  EXPECT_THAT(seen.families[0].labels, ElementsAre("method", "path"));
  ASSERT_THAT(seen.families[0].series, SizeIs(2));
  EXPECT_THAT(seen.families[0].series[0].labels, ElementsAre("GET", ""));
  EXPECT_THAT(seen.families[0].series[1].labels, ElementsAre("GET", "/a"));
}

TEST_F(SeriesTest, HasRoomForSoManySeriesOfAMetricOnly) {
  const std::uint32_t family =
      declare({.name = "clients", .kind = SeriesKind::kCounter, .help = "", .labels = "address"});
  std::size_t refused = 0;
  for (int i = 0; i < 10'000; ++i)
    if (!series_.cell({.family = family, .labels = std::to_string(i)})) ++refused;
  EXPECT_EQ(refused, 9'000U);
  EXPECT_TRUE(series_.cell({.family = family, .labels = "7"}));
  // Others are not concerned.
  EXPECT_TRUE(series_.cell({.family = declare(kOrders)}));
  EXPECT_THAT(view().families[0].series, SizeIs(kMostSeriesOfFamily));
}

TEST_F(SeriesTest, HasRoomForSoManyNumbersOnly) {
  std::size_t refused = 0;
  for (int i = 0; i < 9; ++i) {
    const std::string name = "metric" + std::to_string(i);
    const std::uint32_t family =
        declare({.name = name, .kind = SeriesKind::kCounter, .help = "", .labels = "number"});
    for (int n = 0; n < 1'000; ++n)
      if (!series_.cell({.family = family, .labels = std::to_string(n)})) ++refused;
  }
  EXPECT_EQ(refused, 9'000U - kMostCells);
}

TEST_F(SeriesTest, CountsWhatWasDropped) {
  series_.count_dropped();
  series_.count_dropped();
  EXPECT_EQ(view().dropped, 2U);
}

TEST_F(SeriesTest, KeepsBucketsAndTheSumOfAHistogram) {
  const std::array<double, 2> ends{0.1, 1};
  const std::uint32_t family =
      declare({.name = "sizes", .kind = SeriesKind::kHistogram, .help = "", .ends = ends});
  for (const std::uint32_t part : {0U, 1U, 2U, 3U})
    series_.add(*series_.cell({.family = family, .part = part}), part + 1);
  EXPECT_THAT(numbers(), ElementsAre(1, 2, 3, 4));
}

TEST_F(SeriesTest, TakesNoNumberThatWouldStay) {
  const std::uint32_t cell = *series_.cell({.family = declare(kOrders)});
  series_.add(cell, 2);
  for (const double number :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    series_.add(cell, number);
  EXPECT_THAT(numbers(), ElementsAre(2));
  EXPECT_EQ(view().dropped, 2U);
}

TEST_F(SeriesTest, AddsUpWhatIsBelowZeroInTheSumOfAHistogram) {
  const std::array<double, 1> ends{0};
  const std::uint32_t family =
      declare({.name = "heat", .kind = SeriesKind::kHistogram, .help = "", .ends = ends});
  (void)series_.cell({.family = family});
  series_.add(*series_.cell({.family = family, .part = 2}), -5);
  EXPECT_THAT(numbers(), ElementsAre(0, 0, -5));
}

TEST_F(SeriesTest, AddsUpWhatLooksTheSame) {
  const std::uint32_t family =
      declare({.name = "words", .kind = SeriesKind::kCounter, .help = "", .labels = "word"});
  for (const char* const word : {"a\x01", "a?", "a\x02"})
    series_.add(*series_.cell({.family = family, .labels = word}), 1);
  EXPECT_THAT(numbers(), ElementsAre(3));
}

class GaugeTest : public SeriesTest,
                  public testing::WithParamInterface<std::pair<SeriesKind, double>> {};

TEST_P(GaugeTest, JoinsTheNumbersOfThoseThatLive) {
  const std::uint32_t family = declare({.name = "depth", .kind = GetParam().first, .help = ""});
  const std::uint32_t ours = *series_.own_cell({.family = family}, ::getpid());
  const std::uint32_t parents = *series_.own_cell({.family = family}, ::getppid());
  ASSERT_NE(ours, parents);
  series_.set(ours, 3);
  series_.set(parents, 5);
  EXPECT_THAT(numbers({::getpid(), ::getppid()}), ElementsAre(GetParam().second));
  EXPECT_THAT(numbers({::getpid()}), ElementsAre(3));
  EXPECT_THAT(numbers({}), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Kinds, GaugeTest,
                         testing::Values(std::pair(SeriesKind::kGaugeSum, 8.0),
                                         std::pair(SeriesKind::kGaugeMax, 5.0),
                                         std::pair(SeriesKind::kGaugeMin, 3.0)));

TEST_F(SeriesTest, GivesTheCellOfADeadProcessToTheNextOne) {
  const std::uint32_t family =
      declare({.name = "depth", .kind = SeriesKind::kGaugeSum, .help = ""});
  const pid_t dead =
      run_in_child([&] { series_.set(*series_.own_cell({.family = family}, ::getpid()), 7); });
  EXPECT_THAT(numbers({dead}), ElementsAre(7));
  EXPECT_EQ(series_.value(*series_.own_cell({.family = family}, ::getpid())), 0);
  EXPECT_EQ(view().cells, 1U);
}

TEST_F(SeriesTest, ShowsTheShapeOfANameThatWasDeclaredLast) {
  FamilyShape changed = kOrders;
  changed.help = "Orders, of all kinds.";
  series_.add(*series_.cell({.family = declare(kOrders)}), 5);
  series_.add(*series_.cell({.family = declare(changed)}), 1);
  EXPECT_THAT(numbers(), ElementsAre(1));
  declare(kOrders);
  EXPECT_THAT(numbers(), ElementsAre(5));
}

TEST_F(SeriesTest, RefusesWhatHasNoRoomInARecord) {
  const std::string name(kLongestName + 1, 'n');
  EXPECT_EQ(series_.declare({.name = name, .kind = SeriesKind::kCounter, .help = ""}).error().code,
            Errc::kTooLarge);
  const std::string value(kLongestLabelValues + 1, 'v');
  EXPECT_FALSE(series_.cell({.family = declare(kPaths), .labels = value}));
  for (std::size_t i = 1; i < kMostFamilies; ++i) {
    const std::string other = "m" + std::to_string(i);
    declare({.name = other, .kind = SeriesKind::kCounter, .help = ""});
  }
  EXPECT_EQ(series_.declare(kOrders).error().code, Errc::kOverloaded);
}

TEST(MetricNames, AreThoseOfPrometheusAndNoneOfOurs) {
  for (const char* const name : {"orders", "a:b_9", "_x"})
    EXPECT_TRUE(is_metric_name(name)) << name;
  for (const char* const name : {"", "9a", "a-b", "warp_x", "x_total", "x_bucket", "x_sum",
                                 "x_count", "x_created", "x_info", "\xc3\xa4"})
    EXPECT_FALSE(is_metric_name(name)) << name;
  for (const char* const name : {"path", "_x9"}) EXPECT_TRUE(is_label_name(name)) << name;
  for (const char* const name : {"", "9a", "a:b", "__name__", "le", "group", "quantile"})
    EXPECT_FALSE(is_label_name(name)) << name;
}

}  // namespace
}  // namespace warp::figures
