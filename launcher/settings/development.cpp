#include "launcher/settings/development.hpp"

#include "launcher/settings/checks.hpp"
#include "launcher/settings/sources.hpp"

namespace warp {
namespace {

constexpr auto kDebugMode = "debug-mode";
constexpr auto kErrorPage = "error-page";
constexpr auto kOfDevelopment = "development";
// Nobody answers a debugger in a minute.
constexpr auto kLongest = "86400";

class DevelopmentRules final {
 public:
  explicit DevelopmentRules(const std::vector<Given>& said) : said_(said) {
    Problems ignored;  // they come again when all is applied
    apply(said, settings_, ignored);
  }

  std::vector<Given> decide() {
    if (settings_.debug_mode) decide_on_debug_mode();
    if (settings_.debug_mode && settings_.enable_debugger) decide_on_debugger();
    const bool explains = settings_.error_page.empty() ? settings_.debug_mode
                                                       : settings_.error_page == kOfDevelopment;
    // A template that can't import the application has nobody who could show why.
    if (explains) unless_said("preload", "off", kErrorPage);
    return std::move(givens_);
  }

 private:
  void decide_on_debug_mode() {
    set("processes", "1", kDebugMode);
    unless_said_to_us("host", "127.0.0.1", kDebugMode);
    unless_said_to_us(kErrorPage, kOfDevelopment, kDebugMode);
    const bool has_place_for_logs = !settings_.log_directory.empty() || settings_.rotate_logs;
    if (!has_place_for_logs) unless_said("log-to-terminal", "true", kDebugMode);
    unless_said("reload-on-changes", settings_.enable_debugger ? "false" : "true", kDebugMode);
  }

  void decide_on_debugger() {
    constexpr auto kOrigin = "enable-debugger";
    unless_said("threads", "1", kOrigin);
    unless_said("request-timeout", kLongest, kOrigin);
    unless_said("startup-timeout", kLongest, kOrigin);
    unless_said("graceful-timeout", "1", kOrigin);
  }

  void unless_said(const char* name, const char* value, const char* origin) {
    if (!settings_.origins.contains(name)) set(name, value, origin);
  }

  // For what decides who sees the code: a variable that was meant for another tool, such as a
  // container's HOST=0.0.0.0, does not open it to others.
  void unless_said_to_us(const char* name, const char* value, const char* origin) {
    const Given* ours = nullptr;
    bool is_foreign = false;
    for (const Given& given : said_) {
      if (given.source == Source::kDefault || given.option->name != name) continue;
      is_foreign = given.source == Source::kForeignVariable;
      if (!is_foreign) ours = &given;
    }
    if (ours == nullptr) return set(name, value, origin);
    if (is_foreign) givens_.push_back(*ours);
  }

  void set(const char* name, const char* value, const char* origin) {
    givens_.push_back({find_option(name), {value}, origin, "/", Source::kDevelopment});
  }

  const std::vector<Given>& said_;
  Settings settings_;
  std::vector<Given> givens_;
};

}  // namespace

std::vector<Given> development_givens(const std::vector<Given>& said) {
  return DevelopmentRules(said).decide();
}

void check_development(const Settings& settings, Problems& problems) {
  if (settings.debug_mode) return;
  for (const auto& [is_on, name] : {std::pair(settings.enable_debugger, "enable-debugger"),
                                    std::pair(settings.enable_profiler, "enable-profiler"),
                                    std::pair(settings.enable_coverage, "enable-coverage")})
    if (is_on)
      refuse(problems, origin_of(settings, name) +
                           ": is for one process and one developer; add "
                           "--debug-mode, or leave it out");
}

}  // namespace warp
