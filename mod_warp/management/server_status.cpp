#include "mod_warp/management/server_status.hpp"

#include <vector>

#include "mod_warp/management/html_text.hpp"
#include "mod_warp/management/totals.hpp"

namespace warp::management {
namespace {

struct Column {
  std::string_view key;    // of a line
  std::string_view title;  // of a table
  std::string text;
};

std::vector<Column> columns_of(const GroupFigures& group) {
  const core::TallyTotals& totals = group.totals;
  return {{"Name", "Group", std::string(group.name)},
          {"WorkersReady", "Workers ready", std::to_string(group.count_in(WorkerState::kReady))},
          {"Threads", "Threads", std::to_string(group.threads)},
          {"ThreadsBusy", "Busy", std::to_string(group.in_workers)},
          {"QueueLength", "Waiting", std::to_string(group.waiting)},
          {"QueueLimit", "May wait", std::to_string(group.queue_limit)},
          {"Requests", "Requests", std::to_string(all_requests(totals))},
          {"Responses5xx", "Answered 5xx",
           std::to_string(requests_of(totals, core::StatusClass::k5xx))},
          {"Refused", "Refused", std::to_string(refused(totals))},
          {"Timeouts", "Timed out", std::to_string(timed_out(totals))},
          {"Failed", "Failed", std::to_string(failed(totals))},
          {"Retries", "Retries", std::to_string(count_of(totals, core::TallyEvent::kRetry))},
          {"ResponseBodyBytes", "Bytes sent", std::to_string(totals.response_bytes)}};
}

// As mod_proxy's are.
std::string lines(std::span<const GroupFigures> groups) {
  std::string text = "WarpGroups: " + std::to_string(groups.size()) + "\n";
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const Column& column : columns_of(groups[i]))
      text.append("WarpGroup[" + std::to_string(i) + "]")
          .append(column.key)
          .append(": " + column.text + "\n");
  return text;
}

void add_table(HtmlText& html, std::span<const GroupFigures> groups) {
  html.markup("<table border=\"0\">");
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto columns = columns_of(groups[i]);
    if (i == 0) {
      html.markup("<tr>");
      for (const Column& column : columns) html.markup("<th>").text(column.title).markup("</th>");
      html.markup("</tr>\n");
    }
    html.markup("<tr>");
    for (const Column& column : columns) html.markup("<td>").text(column.text).markup("</td>");
    html.markup("</tr>\n");
  }
  html.markup("</table>\n");
}

void add_list(HtmlText& html, std::span<const GroupFigures> groups) {
  html.markup("<dl>\n");
  for (const GroupFigures& group : groups)
    for (const Column& column : columns_of(group))
      html.markup("<dt>").text(column.title).markup(": ").text(column.text).markup("</dt>\n");
  html.markup("</dl>\n");
}

}  // namespace

std::string server_status_part(std::span<const GroupFigures> groups, ServerStatusForm form) {
  if (form == ServerStatusForm::kLines) return lines(groups);
  if (groups.empty()) return {};
  HtmlText html;
  html.markup("<hr />\n<h1>Warpdrive process groups</h1>\n");
  if (form == ServerStatusForm::kTables)
    add_table(html, groups);
  else
    add_list(html, groups);
  return std::move(html).finish();
}

}  // namespace warp::management
