#include "launcher/render/service_unit.hpp"

#include "base/strings.hpp"
#include "launcher/plan/make_plan.hpp"
#include "launcher/render/quote.hpp"
#include "launcher/render/template.hpp"
#include "launcher/run/stop_sequence.hpp"

namespace warp {
namespace {

// Beyond the launcher's own limits, which shall be the first.
constexpr std::chrono::seconds kReserve{15};

std::vector<std::string> words_of(const Given& given) {
  const std::string flag = flag_of(*given.option);
  std::vector<std::string> words;
  switch (given.option->shape) {
    case Shape::kFlag:
      return {given.words.front() == "true" ? flag : "--no-" + std::string(given.option->name)};
    case Shape::kOne:
    case Shape::kMany:
      for (const std::string& word : given.words) words.push_back(flag + "=" + word);
      return words;
    case Shape::kPairs:
      for (std::size_t i = 0; i + 1 < given.words.size(); i += 2)
        words.insert(words.end(), {flag, given.words[i], given.words[i + 1]});
      return words;
  }
  return words;
}

bool says(const std::vector<Given>& given, std::string_view name) {
  for (const Given& each : given)
    if (each.option->name == name) return true;
  return false;
}

std::string command_line(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  quoted.reserve(words.size());
  for (const std::string& word : words) quoted.push_back(quote_for_systemd(word));
  return join(quoted, " ");
}

}  // namespace

Result<std::string> render_service_unit(const ServiceRequest& request) {
  const Settings& settings = request.settings;
  const std::string name = "warpdrive-" + group_name_for(settings.project_directory);
  const bool has_root = !settings.server_root.empty();
  const std::string root = has_root ? settings.server_root : "/run/" + name;
  const std::string& program = request.installation.program;
  std::vector<std::string> start = {program, "start-server"};
  for (const Given& given : request.given)
    for (std::string& word : words_of(given)) start.push_back(std::move(word));
  if (!says(request.given, "server-root")) start.push_back("--server-root=" + root);
  // Into the journal, unless there is a place for them: the runtime directory goes with the server.
  if (settings.log_directory.empty() && !says(request.given, "log-to-terminal"))
    start.emplace_back("--log-to-terminal");
  const auto longest =
      longest_stop({.delay = settings.shutdown_delay.value_or(std::chrono::seconds(0)),
                    .graceful = settings.graceful_timeout,
                    .shutdown = settings.shutdown_timeout}) +
      kReserve;
  for (const std::string& word : start)
    if (printable(word) != word)
      return fail(Errc::kInvalidSetting,
                  "a unit can't hold the control characters of " + printable(word));
  TemplateValues values;
  values.named["unit"] = name + ".service";
  values.named["description"] = quote_text_for_systemd(settings.project_directory + " (warpdrive)");
  // Root's launcher has the application run as another user by itself.
  values.named["has_user"] = request.user.uid != 0;
  values.named["user"] =
      request.user.name.starts_with("#") ? request.user.name.substr(1) : request.user.name;
  constexpr std::uint16_t kFirstFreePort = 1024;
  values.named["needs_port"] = request.user.uid != 0 && settings.port < kFirstFreePort;
  values.named["working_directory"] = quote_text_for_systemd(request.current_directory);
  values.named["has_runtime_directory"] = !has_root;
  values.named["runtime_directory"] = name;
  values.named["start"] = command_line(start);
  values.named["reload"] = command_line({program, "reload", "--wait", "--server-root=" + root});
  values.named["stop_seconds"] = std::to_string(longest.count());
  return render_template(request.installation.template_directory, "systemd-unit", values);
}

}  // namespace warp
