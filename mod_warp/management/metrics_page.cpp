#include "mod_warp/management/metrics_page.hpp"

#include <array>

#include "mod_warp/management/application_metrics.hpp"
#include "mod_warp/management/totals.hpp"

namespace warp::management {
namespace {

using core::TallyEvent;
using Groups = std::span<const GroupFigures>;

constexpr auto kCounter = MetricKind::kCounter;
constexpr auto kGauge = MetricKind::kGauge;
constexpr auto kHistogram = MetricKind::kHistogram;

void add_requests(MetricsText& text, Groups groups) {
  text.begin({"warp_requests", kCounter, "", "Requests that came to an application, when logged."});
  for (const GroupFigures& group : groups)
    for (std::size_t method = 0; method < core::kMethodClasses; ++method)
      for (std::size_t status = 0; status < core::kStatusClasses; ++status)
        text.value({{"group", group.name},
                    {"method", core::label_of(static_cast<core::MethodClass>(method))},
                    {"status", core::label_of(static_cast<core::StatusClass>(status))}},
                   group.totals.requests[method][status]);
}

struct Times {
  Family family;
  core::HistogramRecord<std::uint64_t> core::TallyTotals::*record;
};
constexpr std::array kTimes = {
    Times{{"warp_request_queue_seconds", kHistogram, "seconds",
           "Time that requests waited for a thread of a worker."},
          &core::TallyTotals::queue},
    Times{{"warp_request_application_seconds", kHistogram, "seconds",
           "Time that threads of workers had requests, up to the end of the response."},
          &core::TallyTotals::application},
    Times{{"warp_request_duration_seconds", kHistogram, "seconds",
           "Time from a request's arrival until its response was sent."},
          &core::TallyTotals::total},
};

void add_times(MetricsText& text, Groups groups) {
  for (const Times& times : kTimes) {
    text.begin(times.family);
    for (const GroupFigures& group : groups) text.histogram(group.name, group.totals.*times.record);
  }
}

struct Event {
  std::string_view reason;  // empty: the family has one counter only
  TallyEvent event;
};
struct EventFamily {
  Family family;
  std::span<const Event> events;
};
constexpr std::array kRefusals = {Event{"queue-limit", TallyEvent::kQueueFull},
                                  Event{"no-worker", TallyEvent::kNoWorker},
                                  Event{"killed-workers", TallyEvent::kPoison}};
constexpr std::array kTimeouts = {Event{"queue-timeout", TallyEvent::kQueueTimeout},
                                  Event{"request-timeout", TallyEvent::kRequestTimeout}};
constexpr std::array kFailures = {Event{"bad-answer", TallyEvent::kBadAnswer},
                                  Event{"broken-off", TallyEvent::kBrokenOff}};
constexpr std::array kRetries = {Event{"", TallyEvent::kRetry}};
constexpr std::array kGone = {Event{"", TallyEvent::kClientGone}};
constexpr std::array kEventFamilies = {
    EventFamily{{"warp_requests_refused", kCounter, "", "Requests answered 503 without a worker."},
                kRefusals},
    EventFamily{{"warp_request_timeouts", kCounter, "", "Requests whose time was up."}, kTimeouts},
    EventFamily{
        {"warp_requests_failed", kCounter, "", "Requests whose worker died or broke the protocol."},
        kFailures},
    EventFamily{
        {"warp_request_retries", kCounter, "", "Times that a request was given to a worker again."},
        kRetries},
    EventFamily{{"warp_clients_gone", kCounter, "", "Clients that did not wait for the response."},
                kGone},
};

void add_events(MetricsText& text, Groups groups) {
  for (const EventFamily& family : kEventFamilies) {
    text.begin(family.family);
    for (const GroupFigures& group : groups) {
      for (const auto& [reason, event] : family.events) {
        const std::uint64_t count = group.totals.events[static_cast<std::size_t>(event)];
        if (reason.empty())
          text.value({{"group", group.name}}, count);
        else
          text.value({{"group", group.name}, {"reason", reason}}, count);
      }
    }
  }
}

template <typename Value>
void add_gauge(MetricsText& text, Groups groups, std::string_view name, std::string_view help,
               Value&& value) {
  text.begin({name, kGauge, "", help});
  for (const GroupFigures& group : groups)
    text.value({{"group", group.name}}, static_cast<std::uint64_t>(value(group)));
}

void add_load(MetricsText& text, Groups groups) {
  add_gauge(text, groups, "warp_threads", "Threads of all processes, as configured.",
            [](const GroupFigures& group) { return group.threads; });
  add_gauge(text, groups, "warp_threads_in_use", "Threads that have a request.",
            [](const GroupFigures& group) { return group.in_workers; });
  add_gauge(text, groups, "warp_queue_length", "Requests that wait for a thread.",
            [](const GroupFigures& group) { return group.waiting; });
  add_gauge(text, groups, "warp_queue_limit", "Requests that may wait for a thread.",
            [](const GroupFigures& group) { return group.queue_limit; });
  text.begin({"warp_saturation_ratio", kGauge, "ratio",
              "Requests in threads and waiting for one, by threads: above 1 some wait."});
  for (const GroupFigures& group : groups)
    text.ratio({{"group", group.name}}, std::uint64_t{group.in_workers} + group.waiting,
               group.threads);
}

// "crash" of a RestartReason, "signal" of a WorkerDeath: whatever the chronicle counts by.
template <typename Reason, std::size_t Size>
void add_reasons(MetricsText& text, Groups groups, const Family& family,
                 std::array<std::uint64_t, Size> figures::ChronicleTotals::*counts) {
  text.begin(family);
  for (const GroupFigures& group : groups)
    for (std::size_t i = 0; i < Size; ++i)
      text.value({{"group", group.name}, {"reason", text_of(static_cast<Reason>(i))}},
                 (group.chronicle.*counts)[i]);
}

void add_chronicle(MetricsText& text, Groups groups) {
  add_reasons<figures::RestartReason>(
      text, groups,
      {"warp_worker_restarts", kCounter, "", "Workers that were replaced, by reason."},
      &figures::ChronicleTotals::restarts);
  add_reasons<figures::WorkerDeath>(
      text, groups,
      {"warp_worker_deaths", kCounter, "", "Workers that ended otherwise than they were told to."},
      &figures::ChronicleTotals::deaths);
  text.begin({"warp_supervisor_starts", kCounter, "", "Supervisors that the group has had."});
  for (const GroupFigures& group : groups)
    text.value({{"group", group.name}}, group.chronicle.supervisors);
}

void add_lock_waits(MetricsText& text, Groups groups) {
  text.begin({"warp_gil_wait_seconds", kCounter, "seconds",
              "Time that threads waited for the interpreter's lock to begin requests with."});
  for (const GroupFigures& group : groups)
    text.seconds({{"group", group.name}}, lock_wait_of(group.chronicle));
  text.begin({"warp_gil_acquisitions", kCounter, "",
              "Times that threads took the interpreter's lock to begin a request with."});
  for (const GroupFigures& group : groups)
    text.value({{"group", group.name}}, group.chronicle.lock_waits.takings);
}

template <typename Value>
void add_worker_gauge(MetricsText& text, Groups groups, std::string_view name,
                      std::string_view help, Value&& value) {
  text.begin({name, kGauge, "", help});
  for (const GroupFigures& group : groups)
    for (const WorkerFigures& worker : group.workers)
      text.value({{"group", group.name}, {"slot", std::to_string(worker.slot)}},
                 static_cast<std::uint64_t>(value(worker)));
}

void add_memory(MetricsText& text, Groups groups, const Family& family,
                std::uint64_t WorkerFigures::*bytes) {
  text.begin(family);
  for (const GroupFigures& group : groups)
    for (const WorkerFigures& worker : group.workers)
      if (worker.*bytes > 0)
        text.value({{"group", group.name}, {"slot", std::to_string(worker.slot)}}, worker.*bytes);
}

void add_workers(MetricsText& text, Groups groups) {
  add_gauge(text, groups, "warp_supervisor_up", "Whether the group has a supervisor.",
            [](const GroupFigures& group) { return group.supervisor_lost_for.count() == 0; });
  text.begin({"warp_workers", kGauge, "", "Workers by what they say of themselves."});
  for (const GroupFigures& group : groups)
    for (std::size_t state = 0; state < kWorkerStates; ++state)
      text.value({{"group", group.name}, {"state", label_of(static_cast<WorkerState>(state))}},
                 group.count_in(static_cast<WorkerState>(state)));
  add_worker_gauge(text, groups, "warp_worker_generation",
                   "The start of the application's code that the worker runs.",
                   [](const WorkerFigures& worker) { return worker.generation; });
  add_worker_gauge(text, groups, "warp_worker_threads_busy",
                   "Threads that have a request, as the worker says.",
                   [](const WorkerFigures& worker) { return worker.busy_threads; });
  add_memory(text, groups,
             {"warp_worker_resident_memory_bytes", kGauge, "bytes",
              "Memory of the worker's process, as its supervisor has seen it last."},
             &WorkerFigures::resident_bytes);
  add_memory(text, groups,
             {"warp_worker_proportional_memory_bytes", kGauge, "bytes",
              "The same with shared pages divided among the processes that share them (PSS)."},
             &WorkerFigures::proportional_bytes);
}

}  // namespace

std::string metrics_page(Groups groups, MetricsFormat format) {
  MetricsText text(format);
  add_requests(text, groups);
  add_times(text, groups);
  text.begin({"warp_response_body_bytes", kCounter, "bytes", "Bytes of response bodies sent."});
  for (const GroupFigures& group : groups)
    text.value({{"group", group.name}}, group.totals.response_bytes);
  add_events(text, groups);
  add_load(text, groups);
  add_chronicle(text, groups);
  add_lock_waits(text, groups);
  add_workers(text, groups);
  add_application_metrics(text, groups);
  text.begin({"warp_build_info", kGauge, "", "The build of mod_warp; the value is 1."});
  text.value({{"version", WARP_VERSION}}, 1);
  return std::move(text).finish();
}

}  // namespace warp::management
