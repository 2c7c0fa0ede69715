#include "mod_warp/config/check.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "mod_warp/core/mount.hpp"
#include "mod_warp/log.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// httpd's words in the order of its level numbers.
constexpr std::array kLevels = {"emerg",  "alert",  "crit",   "error",  "warn",   "notice",
                                "info",   "debug",  "trace1", "trace2", "trace3", "trace4",
                                "trace5", "trace6", "trace7", "trace8"};

struct Declared {
  const DaemonDirective* directive = nullptr;
  const ServerConfig* declared_in = nullptr;
  const AliasDirective* application = nullptr;  // the first alias that uses it
  std::string callable;
  std::vector<const ImportDirective*> imports;
  const ProcessGroup* made = nullptr;
};

tl::unexpected<Error> wrong(const SourceLine& where, const char* directive, const Error& error) {
  return fail(error.code, to_string(where) + ": " + directive + ": " + error.detail);
}
tl::unexpected<Error> wrong(const SourceLine& where, const char* directive, std::string what) {
  return wrong(where, directive, Error{Errc::kInvalidDirective, std::move(what)});
}
tl::unexpected<Error> wrong(const GroupUse& use, std::string what) {
  return wrong(use.where, use.directive, std::move(what));
}

// What is written here, else for the main server.
template <typename Value>
std::optional<Value> first_written(const std::optional<Value>& here,
                                   const std::optional<Value>& main) {
  return here ? here : main;
}

std::string file_of_this_module() {
  Dl_info info{};
  const bool is_known = ::dladdr(&warp_module, &info) != 0 && info.dli_fname != nullptr;
  return is_known ? info.dli_fname : "";
}

std::string default_libexec_directory(const std::string& module_file) {
  const std::size_t slash = module_file.rfind('/');
  if (slash == std::string::npos) return "libexec";
  return module_file.substr(0, slash) + "/../../libexec/warpdrive";
}

std::string log_level_of(const server_rec* server) {
  const int level = ap_get_server_module_loglevel(server, APLOG_MODULE_INDEX);
  return kLevels[static_cast<std::size_t>(
      std::clamp(level, 0, static_cast<int>(kLevels.size()) - 1))];
}

// One pass over all servers.
class Checker final {
 public:
  Checker(apr_pool_t* pool, server_rec* main_server)
      : pool_(pool), main_(main_server), installation_(pool_new<Installation>(pool)) {}

  Result<> run() {
    WARP_CHECK(collect_groups());
    WARP_CHECK(assign_imports());
    for (server_rec* server = main_; server != nullptr; server = server->next)
      WARP_CHECK(assign_applications(config_of(server)));
    WARP_CHECK(make_groups());
    for (server_rec* server = main_; server != nullptr; server = server->next)
      mount(config_of(server));
    return {};
  }

 private:
  // A virtual host without a directive of ours shares the main server's object.
  template <typename Visit>
  Result<> for_each_config(Visit&& visit) {
    for (server_rec* server = main_; server != nullptr; server = server->next)
      if (server == main_ || &config_of(server) != &config_of(main_))
        WARP_CHECK(visit(config_of(server)));
    return {};
  }

  Result<> collect_groups() {
    return for_each_config([&](const ServerConfig& config) -> Result<> {
      for (const DaemonDirective& daemon : config.daemons) {
        if (const Declared* const other = find(daemon.name))
          return wrong(
              daemon.where, "WarpDaemonProcess",
              "the name '" + daemon.name + "' is taken by " + to_string(other->directive->where));
        declared_.push_back({.directive = &daemon,
                             .declared_in = &config,
                             .application = {},
                             .callable = {},
                             .imports = {}});
      }
      return {};
    });
  }

  Result<> assign_imports() {
    return for_each_config([&](const ServerConfig& config) -> Result<> {
      for (const ImportDirective& import : config.imports) {
        WARP_TRY(Declared* const group, group_of(import.use));
        if (const auto script = check_script(import.script); !script)
          return wrong(import.use.where, import.use.directive, script.error());
        group->imports.push_back(&import);
      }
      return {};
    });
  }

  Declared* find(std::string_view name) {
    const auto found = std::find_if(declared_.begin(), declared_.end(), [&](const Declared& each) {
      return each.directive->name == name;
    });
    return found == declared_.end() ? nullptr : &*found;
  }

  // The group's name as written for the alias, its server, or the main server; empty: nowhere.
  std::string group_name_of(const GroupUse& use) const {
    const auto usual =
        first_written(use.declared_in->process_group, config_of(main_).process_group);
    return first_written(use.process_group, usual).value_or("");
  }

  std::string callable_of(const AliasDirective& alias) const {
    const auto usual = first_written(alias.use.declared_in->callable, config_of(main_).callable);
    return first_written(alias.callable, usual).value_or(wire::GroupConfig().callable);
  }

  std::string names() const {
    std::vector<std::string> all;
    for (const Declared& each : declared_) all.push_back(each.directive->name);
    return all.empty() ? "none" : join(all, ", ");
  }

  Result<Declared*> group_of(const GroupUse& use) {
    const std::string name = group_name_of(use);
    if (!name.empty()) {
      if (Declared* const group = find(name)) return group;
      return wrong(
          use, "there is no WarpDaemonProcess '" + printable(name) + "'; there are: " + names());
    }
    if (declared_.size() == 1) return &declared_.front();
    return wrong(use, declared_.empty()
                          ? std::string("no process group would run it; add WarpDaemonProcess NAME")
                          : "several process groups could run it (" + names() +
                                "); name one with process-group= or WarpProcessGroup");
  }

  Result<> assign_applications(const ServerConfig& config) {
    for (const AliasDirective* const alias : config.aliases) {
      WARP_TRY(Declared* const group, group_of(alias->use));
      const std::string callable = callable_of(*alias);
      if (group->application == nullptr) {
        group->application = alias;
        group->callable = callable;
      }
      const core::Target& target = group->application->target;
      if (target.kind != alias->target.kind || target.name != alias->target.name ||
          group->callable != callable)
        return wrong(alias->use,
                     "the process group '" + group->directive->name + "' already runs " +
                         target.name + ":" + group->callable + " (" +
                         to_string(group->application->use.where) + "), and this is " +
                         alias->target.name + ":" + callable +
                         "; a group runs one application, so add another WarpDaemonProcess");
    }
    return {};
  }

  Result<> make_groups() {
    installation_->module_file = file_of_this_module();
    const std::string libexec = config_of(main_).libexec_directory.value_or(
        default_libexec_directory(installation_->module_file));
    installation_->supervisor_program = libexec + "/warp-supervisor";
    for (Declared& each : declared_) {
      if (each.application == nullptr) {
        log_to(main_, APLOG_WARNING | APLOG_STARTUP,
               to_string(each.directive->where) + ": WarpDaemonProcess: the process group '" +
                   each.directive->name + "' is not started, as no WarpScriptAlias uses it");
        continue;
      }
      if (const auto target = check_target(*each.application); !target)
        return wrong(each.application->use.where, each.application->use.directive, target.error());
      auto group = make_process_group(plan_of(each, libexec));
      if (!group)
        return wrong(each.directive->where, "WarpDaemonProcess",
                     Error{group.error().code, each.directive->name + ": " + group.error().detail});
      (*group)->index = installation_->groups.size();
      each.made = group->get();
      installation_->groups.push_back(*std::move(group));
    }
    return check_supervisor();
  }

  static Result<> check_target(const AliasDirective& alias) {
    if (alias.target.kind != wire::TargetKind::kScript) return {};
    return check_script(alias.target.name);
  }

  GroupPlan plan_of(const Declared& group, const std::string& libexec) const {
    GroupPlan plan{.directive = *group.directive,
                   .application = *group.application,
                   .callable = group.callable,
                   .import_scripts = {},
                   .switches = switches_of(group),
                   .libexec_directory = libexec,
                   .log_level = log_level_of(main_),
                   .pool = pool_};
    for (const ImportDirective* const import : group.imports)
      plan.import_scripts.push_back(import->script);
    return plan;
  }

  ProcessSwitches switches_of(const Declared& group) const {
    const ProcessSwitches& here = group.declared_in->switches;
    const ProcessSwitches& main = config_of(main_).switches;
    return {.script_reloading = first_written(here.script_reloading, main.script_reloading),
            .restrict_stdin = first_written(here.restrict_stdin, main.restrict_stdin),
            .restrict_stdout = first_written(here.restrict_stdout, main.restrict_stdout),
            .restrict_signal = first_written(here.restrict_signal, main.restrict_signal)};
  }

  Result<> check_supervisor() const {
    const std::string& program = installation_->supervisor_program;
    if (installation_->groups.empty() || ::access(program.c_str(), X_OK) == 0) return {};
    return fail(Errc::kNotFound, "mod_warp: there is no program " + program +
                                     "; install it there, or say where it is with "
                                     "WarpLibexecDirectory");
  }

  void mount(ServerConfig& config) {
    config.installation = installation_;
    for (std::vector<Mount>* const mounts : {&config.mounts, &config.patterns, &config.handlers})
      mounts->clear();
    for (const AliasDirective* const alias : config.aliases) {
      const bool is_script = alias->target.kind == wire::TargetKind::kScript;
      mounts_for(config, alias->kind)
          .push_back({.key = alias->key,
                      .pattern = alias->pattern,
                      .file_name = (is_script ? "" : "warp:") + alias->target.name,
                      .group = (*group_of(alias->use))->made,
                      .pass_authorization = alias->pass_authorization});
    }
    // Stable: of two with the same URL the virtual host's own comes before the main server's.
    std::stable_sort(
        config.mounts.begin(), config.mounts.end(),
        [](const Mount& a, const Mount& b) { return core::is_tried_before(a.key, b.key); });
  }

  static std::vector<Mount>& mounts_for(ServerConfig& config, AliasKind kind) {
    switch (kind) {
      case AliasKind::kUrl:
        return config.mounts;
      case AliasKind::kPattern:
        return config.patterns;
      case AliasKind::kHandler:
        break;
    }
    return config.handlers;
  }

  apr_pool_t* pool_;
  server_rec* main_;
  Installation* installation_;
  std::vector<Declared> declared_;
};

}  // namespace

Result<> check_configuration(apr_pool_t* pool, server_rec* main_server) {
  return Checker(pool, main_server).run();
}

}  // namespace warp
