#include "mod_warp/management/application_metrics.hpp"

#include <gmock/gmock.h>

#include <array>
#include <limits>

#include "unit/mod_warp/management/group_fixture.hpp"

namespace warp::management {
namespace {

using figures::SeriesKind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string page_of(std::vector<GroupFigures> groups) {
  MetricsText text(MetricsFormat::kPrometheus);
  add_application_metrics(text, groups);
  return std::move(text).finish();
}

void count(const Group& group, const figures::FamilyShape& shape, std::string_view labels,
           double number) {
  const auto family = group.series.declare(shape);
  group.series.add(*group.series.cell({.family = *family, .labels = labels}), number);
}

TEST(ApplicationMetrics, AreShownWithTheirLabelsAndTheGroup) {
  const Group group;
  count(group, {.name = "orders", .kind = SeriesKind::kCounter, .help = "All.", .labels = "shop"},
        "a \"b\"\n\\", 2.5);
  EXPECT_THAT(page_of({group.look()}),
              AllOf(HasSubstr("# HELP orders_total All.\n# TYPE orders_total counter\n"),
                    HasSubstr("orders_total{group=\"site\",shop=\"a \\\"b\\\"\\n\\\\\"} 2.5\n")));
}

TEST(ApplicationMetrics, AddUpTheBucketsOfAHistogram) {
  const Group group;
  const std::array<double, 2> ends{0.5, 1};
  const auto family = group.series.declare(
      {.name = "sizes", .kind = SeriesKind::kHistogram, .help = "", .ends = ends});
  for (const std::uint32_t part : {0U, 1U, 2U, 3U})
    group.series.add(*group.series.cell({.family = *family, .part = part}), 1);
  EXPECT_THAT(page_of({group.look()}),
              AllOf(HasSubstr("sizes_bucket{group=\"site\",le=\"0.5\"} 1.0\n"),
                    HasSubstr("sizes_bucket{group=\"site\",le=\"1.0\"} 2.0\n"),
                    HasSubstr("sizes_bucket{group=\"site\",le=\"+Inf\"} 3.0\n"),
                    HasSubstr("sizes_sum{group=\"site\"} 1.0\n"),
                    HasSubstr("sizes_count{group=\"site\"} 3.0\n")));
}

TEST(ApplicationMetrics, AreOneFamilyOverGroupsUnlessTheirKindsDiffer) {
  const Group one;
  const Group other;
  const Group odd;
  for (const Group* const group : {&one, &other})
    count(*group, {.name = "orders", .kind = SeriesKind::kCounter, .help = "All."}, "", 1);
  const std::array<double, 1> ends{1};
  const auto family = odd.series.declare(
      {.name = "orders", .kind = SeriesKind::kHistogram, .help = "", .ends = ends});
  odd.series.add(*odd.series.cell({.family = *family}), 1);
  auto figures = std::vector{one.look(), other.look(), odd.look()};
  figures[1].name = "other";
  figures[2].name = "odd";
  const std::string page = page_of(std::move(figures));
  EXPECT_THAT(page, AllOf(HasSubstr("orders_total{group=\"site\"} 1.0\n"),
                          HasSubstr("orders_total{group=\"other\"} 1.0\n"),
                          Not(HasSubstr("orders_bucket"))));
  EXPECT_EQ(page.find("# TYPE orders_total"), page.rfind("# TYPE orders_total"));
}

TEST(ApplicationMetrics, TellWhatHadNoRoom) {
  const Group group;
  group.series.count_dropped();
  EXPECT_THAT(page_of({group.look()}),
              HasSubstr("warp_application_updates_dropped_total{group=\"site\"} 1\n"));
}

TEST(MetricsText, WritesEveryNumber) {
  using Limits = std::numeric_limits<double>;
  EXPECT_EQ(number_text(0), "0.0");
  EXPECT_EQ(number_text(-1.25), "-1.25");
  EXPECT_EQ(number_text(1e300), "1e+300");
  EXPECT_EQ(number_text(Limits::infinity()), "+Inf");
  EXPECT_EQ(number_text(-Limits::infinity()), "-Inf");
  EXPECT_EQ(number_text(Limits::quiet_NaN()), "NaN");
}

TEST(MetricsText, MakesOneLineOfUtf8OfAnyText) {
  EXPECT_EQ(escaped("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80"),
            "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
  EXPECT_EQ(escaped("\xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82"),
            "???????????"
            "?");
  EXPECT_EQ(escaped(std::string_view("a\0b\r", 4)), "a?b?");
}

}  // namespace
}  // namespace warp::management
