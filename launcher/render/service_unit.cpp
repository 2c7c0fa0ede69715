#include "launcher/render/service_unit.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/plan/make_plan.hpp"
#include "launcher/render/quote.hpp"
#include "launcher/render/template.hpp"
#include "launcher/run/stop_times.hpp"

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

bool has_port_of_root(const Settings& settings) {
  constexpr std::uint16_t kFirstFreePort = 1024;
  const std::array ports = {settings.port, settings.https_port, settings.management_port};
  return std::any_of(ports.begin(), ports.end(),
                     [](std::uint16_t port) { return port > 0 && port < kFirstFreePort; });
}

// A line break would begin a directive of its own.
Result<> check_fits(const std::vector<std::string>& start, const ServiceRequest& request) {
  std::vector<std::string> texts = start;
  texts.insert(texts.end(), {request.settings.project_directory, request.current_directory});
  for (const std::string& text : texts)
    if (printable(text) != text)
      return fail(Errc::kInvalidSetting,
                  "a unit can't hold the control characters of " + printable(text));
  return {};
}

// The command line again, with what a service wants besides.
Result<std::vector<std::string>> start_words(const ServiceRequest& request,
                                             const std::string& root) {
  const Settings& settings = request.settings;
  std::vector<std::string> start = {request.installation.program, "start-server"};
  for (const Given& given : request.given)
    for (std::string& word : words_of(given)) start.push_back(std::move(word));
  if (!says(request.given, "server-root")) start.push_back("--server-root=" + root);
  if (!settings.log_directory.empty()) return start;
  if (settings.rotate_logs)
    return fail(Errc::kInvalidSetting,
                "rotate-logs: a unit's logs go into the journal, which rotates them itself; leave "
                "it out, or name a log-directory");
  // Into the journal, unless there is a place for them: the runtime directory goes with the server.
  if (!says(request.given, "log-to-terminal")) start.emplace_back("--log-to-terminal");
  return start;
}

}  // namespace

Result<std::string> render_service_unit(const ServiceRequest& request) {
  const Settings& settings = request.settings;
  const std::string name = "warpdrive-" + group_name_for(settings.project_directory);
  const bool has_root = !settings.server_root.empty();
  const std::string root = has_root ? settings.server_root : "/run/" + name;
  const std::string& program = request.installation.program;
  WARP_TRY(const std::vector<std::string> start, start_words(request, root));
  WARP_CHECK(check_fits(start, request));
  const auto longest = longest_stop(stop_times(settings, std::chrono::seconds(0))) + kReserve;
  TemplateValues values;
  values.named["unit"] = name + ".service";
  values.named["description"] = quote_text_for_systemd(settings.project_directory + " (warpdrive)");
  // Root's launcher has the application run as another user by itself.
  values.named["has_user"] = request.user.uid != 0;
  values.named["user"] =
      request.user.name.starts_with("#") ? request.user.name.substr(1) : request.user.name;
  values.named["needs_port"] = request.user.uid != 0 && has_port_of_root(settings);
  values.named["working_directory"] = quote_text_for_systemd(request.current_directory);
  values.named["has_runtime_directory"] = !has_root;
  values.named["runtime_directory"] = name;
  values.named["start"] = command_line(start);
  values.named["reload"] = command_line({program, "reload", "--wait", "--server-root=" + root});
  values.named["stop_seconds"] = std::to_string(longest.count());
  return render_template(request.installation.template_directory, "systemd-unit", values);
}

}  // namespace warp
