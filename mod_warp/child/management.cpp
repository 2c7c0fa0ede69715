#include "mod_warp/child/management.hpp"

#include <optional>

#include "base/strings.hpp"
#include "mod_warp/child/answer_status.hpp"
#include "mod_warp/child/managed_groups.hpp"
#include "mod_warp/management/health.hpp"
#include "mod_warp/management/metrics_page.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

using management::GroupFigures;
using management::Question;

constexpr std::string_view kStatusHandler = "warp-status";

std::vector<GroupFigures> look_at_groups(const Installation& installation) {
  std::vector<GroupFigures> figures;
  const auto now = std::chrono::steady_clock::now();
  for (const auto& group : managed_groups(installation))
    figures.push_back(management::look_at(group, now));
  return figures;
}

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::optional<Question> question_of(std::string_view page) {
  if (page == "livez") return Question::kLive;
  if (page == "readyz") return Question::kReady;
  if (page == "startupz") return Question::kStarted;
  return std::nullopt;
}

int send_health(request_rec* request, Question question, std::span<const GroupFigures> groups) {
  const auto checks = management::check(question, groups, service_of(request));
  if (!management::are_passed(checks)) request->status = HTTP_SERVICE_UNAVAILABLE;
  const bool is_verbose = text_or_empty(request->args).starts_with("verbose");
  return send_page(request, "text/plain; charset=utf-8",
                   management::health_page(checks, is_verbose ? management::Detail::kAll
                                                              : management::Detail::kProblems));
}

int send_metrics(request_rec* request, std::span<const GroupFigures> groups) {
  const auto format =
      management::choose_format(text_or_empty(apr_table_get(request->headers_in, "Accept")));
  return send_page(request, management::content_type_of(format),
                   management::metrics_page(groups, format));
}

}  // namespace

bool is_for_management(const request_rec* request) {
  const std::string_view handler = text_or_empty(request->handler);
  return handler == "warp-management" || handler == kStatusHandler;
}

Result<int> answer_management(request_rec* request) {
  if (request->method_number != M_GET) {
    ap_allow_methods(request, REPLACE_ALLOW, "GET", "HEAD", nullptr);
    return HTTP_METHOD_NOT_ALLOWED;
  }
  const Installation& installation = *config_of(request->server).installation;
  const std::string_view page = last_segment(text_or_empty(request->uri));
  if (page == "status" || text_or_empty(request->handler) == kStatusHandler)
    return send_status(request);
  const std::optional<Question> question = question_of(page);
  if (!question && page != "metrics") return HTTP_NOT_FOUND;
  const auto groups = look_at_groups(installation);
  return question ? send_health(request, *question, groups) : send_metrics(request, groups);
}

}  // namespace warp
