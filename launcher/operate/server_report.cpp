#include "launcher/operate/server_report.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

// Doubles hold integers up to here exactly, and nothing that is shown is larger in earnest.
constexpr double kLargest = 9'007'199'254'740'992.0;

double positive_of(const Json& object, const char* name) {
  const double number = number_of(object, name).value_or(0);
  return number > 0 ? std::min(number, kLargest) : 0;
}

std::uint64_t count_of(const Json& object, const char* name) {
  return static_cast<std::uint64_t>(positive_of(object, name));
}

std::optional<std::uint64_t> optional_count_of(const Json& object, const char* name) {
  if (!number_of(object, name)) return std::nullopt;
  return count_of(object, name);
}

template <typename Function>
void for_each_in(const Json& object, const char* name, Function function) {
  const Json* const list = member_of(object, name);
  if (list == nullptr || !list->is_array()) return;
  for (const Json& each : *list) function(each);
}

RequestReport read_request(const Json& json) {
  const Json* const id = member_of(json, "id");
  const bool has_id = id != nullptr && id->is_number_unsigned();
  return {.id = has_id ? id->get<std::uint64_t>() : 0,
          .method = text_of(json, "method"),
          .path = text_of(json, "path"),
          .stage = text_of(json, "stage"),
          .age = positive_of(json, "age")};
}

WorkerReport read_worker(const Json& json) {
  WorkerReport worker{.slot = count_of(json, "slot"),
                      .pid = optional_count_of(json, "pid"),
                      .generation = count_of(json, "generation"),
                      .state = text_of(json, "state"),
                      .uptime = positive_of(json, "uptime"),
                      .served = count_of(json, "requests_served"),
                      .resident = optional_count_of(json, "rss"),
                      .proportional = optional_count_of(json, "pss"),
                      .busy = count_of(json, "threads_busy"),
                      .threads = count_of(json, "threads")};
  for_each_in(json, "in_flight",
              [&](const Json& each) { worker.in_flight.push_back(read_request(each)); });
  return worker;
}

Result<Json> parse_answer(std::string_view text) {
  Json answer = parse_json(text);
  if (!answer.is_object())
    return fail(Errc::kProtocol, "the supervisor's answer is no JSON object: '" +
                                     printable(text.substr(0, 100)) +
                                     "'; are all programs from one build?");
  if (const std::string error = text_of(answer, "error"); !error.empty())
    return fail(Errc::kOverloaded, "the supervisor refuses: " + printable(error));
  return answer;
}

}  // namespace

Result<GroupReport> parse_group_report(std::string_view text) {
  WARP_TRY(const Json json, parse_answer(text));
  GroupReport group{.name = text_of(json, "group"),
                    .supervisor = count_of(json, "supervisor"),
                    .generation = count_of(json, "generation"),
                    .reload = text_of(json, "reload"),
                    .error_log = text_of(json, "error_log"),
                    .is_stopping = is_true(json, "stopping")};
  for_each_in(json, "workers",
              [&](const Json& each) { group.workers.push_back(read_worker(each)); });
  if (const Json* const restarts = member_of(json, "restarts");
      restarts != nullptr && restarts->is_object())
    for (const auto& entry : restarts->items())
      group.restarts.emplace_back(entry.key(), count_of(*restarts, entry.key().c_str()));
  return group;
}

Result<std::uint64_t> parse_reload_answer(std::string_view text) {
  WARP_TRY(const Json json, parse_answer(text));
  return count_of(json, "generation");
}

Result<StacksAnswer> parse_stacks_answer(std::string_view text) {
  WARP_TRY(const Json json, parse_answer(text));
  StacksAnswer answer{.error_log = text_of(json, "error_log")};
  for_each_in(json, "asked", [&](const Json& each) {
    if (each.is_number_unsigned()) answer.asked.push_back(each.get<std::uint64_t>());
  });
  return answer;
}

std::string json_list(const std::string& name, const std::vector<std::string>& documents) {
  Json list = Json::array();
  for (const std::string& document : documents) list.push_back(parse_json(document));
  // ASCII only: what a supervisor says can't move a terminal's cursor.
  return Json({{name, std::move(list)}}).dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace warp
