#include "mod_warp/child/management.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "base/strings.hpp"
#include "mod_warp/child/child.hpp"
#include "mod_warp/management/health.hpp"
#include "mod_warp/management/metrics_page.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

using management::GroupFigures;
using management::Question;

// When a request should have been ended, and its worker, with some seconds for a busy machine.
std::chrono::milliseconds hard_limit_of(const wire::GroupConfig& settings) {
  constexpr std::chrono::seconds kMargin{5};
  return settings.request_timeout + settings.interrupt_timeout + settings.shutdown_timeout +
         kMargin;
}

std::vector<GroupFigures> look_at_groups(const Installation& installation) {
  std::vector<GroupFigures> figures;
  const auto now = std::chrono::steady_clock::now();
  for (const auto& group : installation.groups) {
    const ChildGroup& own = installation.child->group(*group);
    figures.push_back(management::look_at({.name = group->settings.name,
                                           .processes = group->settings.processes,
                                           .threads = group->settings.threads,
                                           .queue_limit = group->queue.queue_limit,
                                           .hard_limit = hard_limit_of(group->settings),
                                           .saturation_timeout = group->queue.saturation_timeout,
                                           .board = own.board,
                                           .ledger = own.ledger,
                                           .tally = own.tally,
                                           .chronicle = own.chronicle,
                                           .series = own.series},
                                          now));
  }
  return figures;
}

// The launcher's word, or an administrator's: the file not-ready. Where httpd's user may not look,
// the launcher's other one counts, which is also given before a restart.
management::Service service_of(request_rec* request) {
  const char* const path = ap_runtime_dir_relative(request->pool, "not-ready");
  struct stat status {};
  const bool is_marked = path != nullptr && ::stat(path, &status) == 0;
  const bool is_unknown = path == nullptr || (!is_marked && errno != ENOENT);
  const bool is_ending =
      is_marked || (is_unknown && config_of(request->server).installation->farewell.is_set());
  return is_ending ? management::Service::kEnding : management::Service::kOpen;
}

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::optional<Question> question_of(std::string_view page) {
  if (page == "livez") return Question::kLive;
  if (page == "readyz") return Question::kReady;
  if (page == "startupz") return Question::kStarted;
  return std::nullopt;
}

int send(request_rec* request, const char* content_type, std::string_view page) {
  ap_set_content_type(request, content_type);
  ap_set_content_length(request, static_cast<apr_off_t>(page.size()));
  apr_table_setn(request->headers_out, "Cache-Control", "no-store");
  if (request->header_only == 0) ap_rwrite(page.data(), static_cast<int>(page.size()), request);
  return OK;
}

int send_health(request_rec* request, Question question, std::span<const GroupFigures> groups) {
  const auto checks = management::check(question, groups, service_of(request));
  if (!management::are_passed(checks)) request->status = HTTP_SERVICE_UNAVAILABLE;
  const bool is_verbose = text_or_empty(request->args).starts_with("verbose");
  return send(request, "text/plain; charset=utf-8",
              management::health_page(
                  checks, is_verbose ? management::Detail::kAll : management::Detail::kProblems));
}

int send_metrics(request_rec* request, std::span<const GroupFigures> groups) {
  const auto format =
      management::choose_format(text_or_empty(apr_table_get(request->headers_in, "Accept")));
  return send(request, management::content_type_of(format),
              management::metrics_page(groups, format));
}

}  // namespace

bool is_for_management(const request_rec* request) {
  return text_or_empty(request->handler) == "warp-management";
}

Result<int> answer_management(request_rec* request) {
  if (request->method_number != M_GET) {
    ap_allow_methods(request, REPLACE_ALLOW, "GET", "HEAD", nullptr);
    return HTTP_METHOD_NOT_ALLOWED;
  }
  const Installation& installation = *config_of(request->server).installation;
  // httpd makes no child of ours when no group is declared.
  const bool has_groups = installation.child != nullptr;
  const std::string_view page = last_segment(text_or_empty(request->uri));
  const std::optional<Question> question = question_of(page);
  if (!question && page != "metrics") return HTTP_NOT_FOUND;
  const auto groups = has_groups ? look_at_groups(installation) : std::vector<GroupFigures>();
  return question ? send_health(request, *question, groups) : send_metrics(request, groups);
}

}  // namespace warp
