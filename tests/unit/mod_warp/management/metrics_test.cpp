#include <gmock/gmock.h>

#include "mod_warp/management/metrics_page.hpp"
#include "unit/mod_warp/management/group_fixture.hpp"

namespace warp::management {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr FinishedRequest kPost{.method = core::MethodClass::kPost,
                                .status = core::StatusClass::k4xx,
                                .response_bytes = 12,
                                .total = milliseconds(1'500),
                                .queue = milliseconds(2),
                                .application = milliseconds(1'400)};

std::string page_of(const Group& group, MetricsFormat format = MetricsFormat::kPrometheus) {
  const GroupFigures figures = group.look();
  return metrics_page({&figures, 1}, format);
}

TEST(Metrics, CountRequestsByMethodAndStatus) {
  const Group group;
  group.tally.count(kPost);
  EXPECT_THAT(
      page_of(group),
      AllOf(HasSubstr("# TYPE warp_requests_total counter\n"),
            HasSubstr("warp_requests_total{group=\"site\",method=\"POST\",status=\"4xx\"} 1\n"),
            HasSubstr("warp_requests_total{group=\"site\",method=\"GET\",status=\"2xx\"} 0\n"),
            HasSubstr("warp_response_body_bytes_total{group=\"site\"} 12\n")));
}

TEST(Metrics, AddUpTheBucketsOfAHistogram) {
  const Group group;
  group.tally.count(kPost);
  group.tally.count(kPost);
  EXPECT_THAT(
      page_of(group),
      AllOf(HasSubstr("warp_request_duration_seconds_bucket{group=\"site\",le=\"1.0\"} 0\n"),
            HasSubstr("warp_request_duration_seconds_bucket{group=\"site\",le=\"2.5\"} 2\n"),
            HasSubstr("warp_request_duration_seconds_bucket{group=\"site\",le=\"+Inf\"} 2\n"),
            HasSubstr("warp_request_duration_seconds_sum{group=\"site\"} 3.0\n"),
            HasSubstr("warp_request_duration_seconds_count{group=\"site\"} 2\n"),
            HasSubstr("warp_request_queue_seconds_bucket{group=\"site\",le=\"0.0025\"} 2\n")));
}

TEST(Metrics, TellReasonsApart) {
  const Group group;
  group.tally.count(core::TallyEvent::kQueueFull);
  group.tally.count(core::TallyEvent::kRetry);
  EXPECT_THAT(
      page_of(group),
      AllOf(HasSubstr("warp_requests_refused_total{group=\"site\",reason=\"queue-limit\"} 1\n"),
            HasSubstr("warp_requests_refused_total{group=\"site\",reason=\"no-worker\"} 0\n"),
            HasSubstr("warp_request_retries_total{group=\"site\"} 1\n")));
}

TEST(Metrics, HaveOneFigureForSaturation) {
  const Group group;
  EXPECT_THAT(page_of(group), HasSubstr("warp_saturation_ratio{group=\"site\"} 0.0\n"));
  group.give(0, kThreads + 1);
  EXPECT_THAT(page_of(group), AllOf(HasSubstr("warp_saturation_ratio{group=\"site\"} 1.5\n"),
                                    HasSubstr("warp_threads_in_use{group=\"site\"} 2\n"),
                                    HasSubstr("warp_queue_length{group=\"site\"} 1\n")));
}

TEST(Metrics, NameWorkersByState) {
  const Group group;
  group.set_state(1, scoreboard::SlotState::kReady);
  group.board.slot(1).generation = 3;
  EXPECT_THAT(page_of(group),
              AllOf(HasSubstr("warp_workers{group=\"site\",state=\"ready\"} 1\n"),
                    HasSubstr("warp_workers{group=\"site\",state=\"draining\"} 0\n"),
                    HasSubstr("warp_worker_generation{group=\"site\",slot=\"1\"} 3\n")));
}

TEST(Metrics, TellWhyWorkersWereReplacedAndHowTheyDied) {
  const Group group;
  group.chronicle.count(figures::RestartReason::kMaximumRequests);
  group.chronicle.count(figures::WorkerDeath::kOutOfMemory);
  group.chronicle.count_supervisor();
  EXPECT_THAT(
      page_of(group),
      AllOf(HasSubstr("warp_worker_restarts_total{group=\"site\",reason=\"maximum-requests\"} 1\n"),
            HasSubstr("warp_worker_restarts_total{group=\"site\",reason=\"crash\"} 0\n"),
            HasSubstr("warp_worker_deaths_total{group=\"site\",reason=\"out-of-memory\"} 1\n"),
            HasSubstr("warp_supervisor_starts_total{group=\"site\"} 1\n")));
}

TEST(Metrics, TellHowLongThreadsWaitedForTheInterpretersLock) {
  const Group group;
  group.chronicle.count({.nanoseconds = 1'500'000'999, .takings = 3});
  EXPECT_THAT(page_of(group), AllOf(HasSubstr("# TYPE warp_gil_wait_seconds_total counter\n"),
                                    HasSubstr("warp_gil_wait_seconds_total{group=\"site\"} 1.5\n"),
                                    HasSubstr("warp_gil_acquisitions_total{group=\"site\"} 3\n")));
}

TEST(Metrics, HaveTheMemoryOfWorkersThatIsKnown) {
  const Group group;
  group.set_state(0, scoreboard::SlotState::kReady);
  group.set_state(1, scoreboard::SlotState::kStarting);
  group.board.slot(0).resident_bytes = 12'345'678;
  group.board.slot(0).proportional_bytes = 2'345'678;
  const std::string page = page_of(group);
  EXPECT_THAT(page, HasSubstr("warp_worker_resident_memory_bytes{group=\"site\",slot=\"0\"} "
                              "12345678\n"));
  EXPECT_THAT(page, HasSubstr("warp_worker_proportional_memory_bytes{group=\"site\",slot=\"0\"} "
                              "2345678\n"));
  EXPECT_THAT(page, Not(HasSubstr("memory_bytes{group=\"site\",slot=\"1\"}")));
}

TEST(Metrics, NameTheBuild) {
  EXPECT_THAT(page_of(Group()), HasSubstr("warp_build_info{version=\""));
}

TEST(Metrics, AreOpenMetricsForWhoAsksForThem) {
  const Group group;
  const std::string page = page_of(group, MetricsFormat::kOpenMetrics);
  EXPECT_THAT(page, AllOf(HasSubstr("# TYPE warp_requests counter\n"),
                          HasSubstr("# UNIT warp_request_queue_seconds seconds\n"),
                          HasSubstr("\nwarp_requests_total{"), EndsWith("# EOF\n")));
  EXPECT_THAT(page_of(group), AllOf(Not(HasSubstr("# EOF")), Not(HasSubstr("# UNIT"))));
}

TEST(Metrics, GoByTheFieldAccept) {
  EXPECT_EQ(choose_format(""), MetricsFormat::kPrometheus);
  EXPECT_EQ(choose_format("text/plain;version=0.0.4;q=0.5,*/*;q=0.1"), MetricsFormat::kPrometheus);
  EXPECT_EQ(choose_format("application/openmetrics-text;version=1.0.0,text/plain;q=0.5"),
            MetricsFormat::kOpenMetrics);
}

TEST(Metrics, AreAWholePageWithoutAnyGroup) {
  EXPECT_THAT(metrics_page({}, MetricsFormat::kOpenMetrics), EndsWith("# EOF\n"));
}

}  // namespace
}  // namespace warp::management
