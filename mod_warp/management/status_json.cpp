#include "mod_warp/management/status_json.hpp"

#include "mod_warp/management/json_text.hpp"
#include "mod_warp/management/totals.hpp"

namespace warp::management {
namespace {

using std::chrono::microseconds;

// A moment: seconds since 1970.
void add_time(JsonText& json, std::string_view key, std::uint64_t at_us) {
  json.seconds(key, microseconds(at_us));
}

void add_health(JsonText& json, const GroupStatus& group) {
  json.flag("live", group.is_live);
  json.flag("ready", group.is_ready);
  if (group.problem.empty())
    json.null("problem");
  else
    json.text("problem", group.problem);
}

void add_load(JsonText& json, const GroupStatus& group) {
  json.number("generation", group.generation);
  json.number("processes", group.processes);
  json.number("threads", group.figures.threads);
  json.number("threads_busy", group.figures.in_workers);
  json.number("queue_length", group.figures.waiting);
  json.number("queue_limit", group.figures.queue_limit);
}

void add_workers(JsonText& json, const GroupStatus& group) {
  json.begin_array("workers");
  for (const WorkerStatus& worker : group.workers) {
    json.begin_object();
    json.number("slot", worker.figures.slot);
    if (worker.pid == 0)
      json.null("pid");
    else
      json.number("pid", static_cast<std::uint64_t>(worker.pid));
    json.number("generation", worker.figures.generation);
    json.text("state", label_of(worker.figures.state));
    json.seconds("in_state_for", worker.in_state_for);
    json.flag("stuck", worker.figures.is_stuck);
    json.number("requests_served", worker.requests);
    json.number("threads_busy", worker.figures.busy_threads);
    json.number("threads", group.threads);
    json.end_object();
  }
  json.end_array();
}

void add_requests(JsonText& json, const GroupStatus& group) {
  json.begin_array("in_flight");
  for (const auto& [slot, thread] : group.in_progress) {
    json.begin_object();
    json.number("slot", slot);
    json.number("thread", thread.thread);
    // As text: programs that count in floating point would change it.
    json.text("id", std::to_string(thread.request_id));
    json.text("method", thread.method);
    json.text("path", thread.path);
    json.text("stage", scoreboard::stage_text(thread.stage));
    json.seconds("age", thread.age);
    json.end_object();
  }
  json.end_array();
  json.number("more_in_flight", group.more_in_progress);
}

void add_slowest(JsonText& json, const GroupStatus& group) {
  json.begin_array("slowest");
  for (const auto& [ended_us, request] : group.slowest) {
    json.begin_object();
    json.seconds("total", request.total);
    json.seconds("queue", request.queue);
    json.seconds("application", request.application);
    add_time(json, "ended", ended_us);
    json.number("status", static_cast<std::uint64_t>(std::max(0, request.status)));
    if (request.slot)
      json.number("slot", *request.slot);
    else
      json.null("slot");
    json.text("method", request.method);
    json.text("path", request.path);
    json.text("id", request.id);
    json.end_object();
  }
  json.end_array();
}

void add_deaths(JsonText& json, const GroupStatus& group) {
  json.begin_array("deaths");
  for (const scoreboard::DeadWorker& dead : group.deaths) {
    json.begin_object();
    add_time(json, "time", dead.at_us);
    json.number("slot", dead.slot);
    json.number("pid", static_cast<std::uint64_t>(dead.pid));
    json.number("generation", dead.generation);
    json.text("how", dead.how);
    json.text("cause", dead.cause);
    json.seconds("uptime", dead.uptime);
    json.number("requests_served", dead.requests);
    json.number("requests_lost", dead.lost_requests);
    json.begin_array("lost");
    for (const scoreboard::LostRequest& lost : dead.lost) {
      json.begin_object();
      json.text("method", lost.method);
      json.text("path", lost.path);
      json.text("stage", scoreboard::stage_text(lost.stage));
      json.seconds("age", lost.age);
      json.end_object();
    }
    json.end_array();
    json.text("last_words", dead.last_words);
    json.end_object();
  }
  json.end_array();
}

void add_histogram(JsonText& json, std::string_view key,
                   const core::HistogramRecord<std::uint64_t>& histogram) {
  json.begin_object(key);
  json.begin_array("counts");
  for (const std::uint64_t count : histogram.buckets) json.number({}, count);
  json.end_array();
  json.seconds("sum", microseconds(histogram.sum));
  json.end_object();
}

void add_counters(JsonText& json, const GroupFigures& figures) {
  const core::TallyTotals& totals = figures.totals;
  json.begin_object("counters");
  json.begin_object("requests");
  for (std::size_t status = 0; status < core::kStatusClasses; ++status) {
    const auto each = static_cast<core::StatusClass>(status);
    json.number(core::label_of(each), requests_of(totals, each));
  }
  json.end_object();
  json.number("refused", refused(totals));
  json.number("timeouts", timed_out(totals));
  json.number("failed", failed(totals));
  json.number("retries", count_of(totals, core::TallyEvent::kRetry));
  json.number("clients_gone", count_of(totals, core::TallyEvent::kClientGone));
  json.number("response_body_bytes", totals.response_bytes);
  add_histogram(json, "queue", totals.queue);
  add_histogram(json, "application", totals.application);
  add_histogram(json, "total", totals.total);
  json.seconds("gil_wait", lock_wait_of(figures.chronicle));
  json.number("gil_acquisitions", figures.chronicle.lock_waits.takings);
  json.end_object();
}

void add_group(JsonText& json, const GroupStatus& group) {
  json.begin_object();
  json.text("group", group.figures.name);
  add_health(json, group);
  add_load(json, group);
  add_workers(json, group);
  add_requests(json, group);
  add_slowest(json, group);
  add_deaths(json, group);
  add_counters(json, group.figures);
  json.end_object();
}

}  // namespace

std::string status_json(const ServerStatus& status) {
  JsonText json;
  json.begin_object();
  add_time(json, "time", status.time_us);
  json.text("host", status.host);
  json.text("server", status.software);
  json.flag("ending", status.is_ending);
  json.begin_array("bucket_ends");
  for (const std::uint64_t end : core::kBucketEnds) json.seconds({}, microseconds(end));
  json.end_array();
  json.begin_array("groups");
  for (const GroupStatus& group : status.groups) add_group(json, group);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

}  // namespace warp::management
