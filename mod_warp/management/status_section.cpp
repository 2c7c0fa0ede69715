#include "mod_warp/management/status_section.hpp"

#include <array>

#include "mod_warp/management/html_text.hpp"
#include "mod_warp/management/quantities.hpp"
#include "mod_warp/management/totals.hpp"

namespace warp::management {
namespace {

// What the script finds and fills is marked with data-; what it writes there, it writes as it is
// written here (tests/integration/test_status_browser.py compares the two).

struct Figure {
  std::string_view name;
  std::string_view title;
  std::string text;
};

std::string part_of(std::uint64_t part, std::uint64_t whole) {
  return count_text(part) + " / " + count_text(whole);
}

void add_figures(HtmlText& html, const GroupStatus& group) {
  const GroupFigures& figures = group.figures;
  const std::array all = {
      Figure{"busy", "Threads busy", part_of(figures.in_workers, figures.threads)},
      Figure{"queue", "Requests waiting", part_of(figures.waiting, figures.queue_limit)},
      Figure{"workers", "Workers ready",
             part_of(figures.count_in(WorkerState::kReady), group.processes)},
      Figure{"generation", "Generation", count_text(group.generation)},
      Figure{"requests", "Requests", count_text(all_requests(figures.totals))},
      Figure{"errors", "Answered 5xx",
             count_text(requests_of(figures.totals, core::StatusClass::k5xx))},
      Figure{"refused", "Refused", count_text(refused(figures.totals))},
      Figure{"sent", "Sent", size_text(figures.totals.response_bytes)}};
  html.markup("<dl class=\"figures\">\n");
  for (const auto& [name, title, text] : all)
    html.markup("<div><dt>")
        .markup(title)
        .markup("</dt><dd data-figure=\"")
        .markup(name)
        .markup("\">")
        .text(text)
        .markup("</dd></div>\n");
  html.markup("</dl>\n");
}

// The script draws them, from what it has seen.
void add_charts(HtmlText& html) {
  struct Chart {
    std::string_view name;
    std::string_view title;
  };
  constexpr std::array kCharts = {Chart{"rate", "Requests per second"},
                                  Chart{"latency", "Time until the response was sent"},
                                  Chart{"load", "Threads busy, and requests that wait"}};
  html.markup("<div class=\"charts\" hidden>\n");
  for (const auto& [name, title] : kCharts)
    html.markup("<figure data-chart=\"")
        .markup(name)
        .markup("\"><figcaption>")
        .markup(title)
        .markup("</figcaption></figure>\n");
  html.markup("</div>\n");
}

// Its rows follow, and end_table().
void begin_table(HtmlText& html, std::string_view title, std::string_view rows,
                 std::initializer_list<Cell> columns) {
  html.markup("<h3>").markup(title).markup("</h3>\n<div class=\"scroll\"><table><thead><tr>");
  for (const Cell& column : columns)
    html.markup("<th scope=\"col\" class=\"")
        .markup(column.kind)
        .markup("\">")
        .markup(column.text)
        .markup("</th>");
  html.markup("</tr></thead>\n<tbody data-rows=\"").markup(rows).markup("\">\n");
}

void end_table(HtmlText& html) { html.markup("</tbody></table></div>\n"); }

constexpr std::string_view kNumber = "number";
constexpr std::string_view kPath = "path";
constexpr std::string_view kFaint = "faint";

void add_workers(HtmlText& html, const GroupStatus& group) {
  begin_table(html, "Workers", "workers",
              {{"Slot", kNumber},
               {"Process", kNumber},
               {"Generation", kNumber},
               {"State"},
               {"For", kNumber},
               {"Served", kNumber},
               {"Busy", kNumber}});
  for (const WorkerStatus& worker : group.workers) {
    const WorkerFigures& figures = worker.figures;
    const std::string state(label_of(figures.state));
    const std::string kind = "state-" + state;
    html.row(figures.is_stuck ? "stuck" : "",
             {{std::to_string(figures.slot), kNumber},
              {worker.pid == 0 ? "-" : std::to_string(worker.pid), kNumber},
              {count_text(figures.generation), kNumber},
              {figures.is_stuck ? state + ", stuck" : state, kind},
              {duration_text(worker.in_state_for), kNumber},
              {count_text(worker.requests), kNumber},
              {part_of(figures.busy_threads, group.threads), kNumber}});
  }
  if (group.workers.empty()) html.row("none", {{"There is no worker."}});
  end_table(html);
}

std::string request_text(const std::string& method, const std::string& path) {
  return method + ' ' + path;
}

void add_requests(HtmlText& html, const GroupStatus& group) {
  begin_table(html, "Requests in progress", "in_flight",
              {{"For", kNumber},
               {"Slot", kNumber},
               {"Thread", kNumber},
               {"Doing"},
               {"Request"},
               {"Number", kFaint}});
  for (const auto& [slot, thread] : group.in_progress)
    html.row("", {{duration_text(thread.age), kNumber},
                  {std::to_string(slot), kNumber},
                  {std::to_string(thread.thread), kNumber},
                  {scoreboard::stage_text(thread.stage)},
                  {request_text(thread.method, thread.path), kPath},
                  {std::to_string(thread.request_id), kFaint}});
  if (group.in_progress.empty()) html.row("none", {{"All threads are idle."}});
  if (group.more_in_progress > 0)
    html.row("none", {{"and " + count_text(group.more_in_progress) + " more"}});
  end_table(html);
}

void add_slowest(HtmlText& html, const GroupStatus& group) {
  begin_table(html, "Slowest requests of the last 15 minutes", "slowest",
              {{"Took", kNumber},
               {"Waited", kNumber},
               {"Application", kNumber},
               {"Status", kNumber},
               {"Slot", kNumber},
               {"Ended (UTC)"},
               {"Request"},
               {"Id", kFaint}});
  for (const auto& [ended_us, request] : group.slowest)
    html.row("", {{duration_text(request.total), kNumber},
                  {duration_text(request.queue), kNumber},
                  {duration_text(request.application), kNumber},
                  {std::to_string(request.status), kNumber},
                  {request.slot ? std::to_string(*request.slot) : "-", kNumber},
                  {time_text(ended_us)},
                  {request_text(request.method, request.path), kPath},
                  {request.id, kFaint}});
  if (group.slowest.empty()) html.row("none", {{"There was none."}});
  end_table(html);
}

void add_death(HtmlText& html, const scoreboard::DeadWorker& dead) {
  html.markup("<details><summary><time>")
      .text(time_text(dead.at_us))
      .markup("</time> <strong>")
      .text(dead.how)
      .markup("</strong> <span>")
      .text("slot " + std::to_string(dead.slot) + ", process " + std::to_string(dead.pid) +
            ", generation " + count_text(dead.generation) + ", lived " +
            duration_text(dead.uptime) + ", served " + count_text(dead.requests) + ", " +
            count_text(dead.lost_requests) + " lost")
      .markup("</span></summary>\n");
  if (!dead.cause.empty()) html.markup("<p>").text(dead.cause).markup("</p>\n");
  for (const scoreboard::LostRequest& lost : dead.lost)
    html.markup("<p>Lost: <code>")
        .text(request_text(lost.method, lost.path))
        .markup("</code> ")
        .text(scoreboard::stage_text(lost.stage) + ", after " + duration_text(lost.age))
        .markup("</p>\n");
  if (!dead.last_words.empty()) html.markup("<pre>\n").text(dead.last_words).markup("</pre>\n");
  html.markup("</details>\n");
}

void add_deaths(HtmlText& html, const GroupStatus& group) {
  html.markup("<h3>Deaths of workers</h3>\n<div class=\"deaths\" data-rows=\"deaths\">\n");
  for (const scoreboard::DeadWorker& dead : group.deaths) add_death(html, dead);
  if (group.deaths.empty()) html.markup("<p class=\"none\">There was none.</p>\n");
  html.markup("</div>\n");
}

std::string_view state_of(const GroupStatus& group) {
  if (!group.is_live) return "not live";
  return group.is_ready ? "ready" : "not ready";
}

}  // namespace

std::string status_section(const GroupStatus& group) {
  HtmlText html;
  const std::string state(state_of(group));
  html.markup("<section data-group=\"")
      .text(group.figures.name)
      .markup("\">\n<h2><span>")
      .text(group.figures.name)
      .markup("</span> <span class=\"pill\" data-state=\"")
      .markup(state)
      .markup("\">")
      .text(group.problem.empty() ? state : state + ": " + group.problem)
      .markup("</span></h2>\n");
  add_figures(html, group);
  add_charts(html);
  add_workers(html, group);
  add_requests(html, group);
  add_slowest(html, group);
  add_deaths(html, group);
  html.markup("</section>\n");
  return std::move(html).finish();
}

}  // namespace warp::management
