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
  const AliasDirective* application = nullptr;  // the first alias that uses it
  std::string callable;
  const ProcessGroup* made = nullptr;
};

tl::unexpected<Error> wrong(const SourceLine& where, const char* directive, const Error& error) {
  return fail(error.code, to_string(where) + ": " + directive + ": " + error.detail);
}
tl::unexpected<Error> wrong(const SourceLine& where, const char* directive, std::string what) {
  return wrong(where, directive, Error{Errc::kInvalidDirective, std::move(what)});
}

std::string default_libexec_directory() {
  Dl_info info{};
  if (::dladdr(&warp_module, &info) == 0 || info.dli_fname == nullptr) return "libexec";
  const std::string module_path = info.dli_fname;
  return module_path.substr(0, module_path.rfind('/')) + "/../../libexec/warpdrive";
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
    for (server_rec* server = main_; server != nullptr; server = server->next)
      WARP_CHECK(assign_applications(config_of(server)));
    WARP_CHECK(make_groups());
    for (server_rec* server = main_; server != nullptr; server = server->next)
      mount(config_of(server));
    return {};
  }

 private:
  Result<> collect_groups() {
    for (server_rec* server = main_; server != nullptr; server = server->next) {
      const ServerConfig& config = config_of(server);
      // A virtual host without a directive of ours shares the main server's object.
      if (server != main_ && &config == &config_of(main_)) continue;
      for (const DaemonDirective& daemon : config.daemons) {
        if (const Declared* const other = find(daemon.name))
          return wrong(
              daemon.where, "WarpDaemonProcess",
              "the name '" + daemon.name + "' is taken by " + to_string(other->directive->where));
        declared_.push_back({.directive = &daemon, .application = {}, .callable = {}});
      }
    }
    return {};
  }

  Declared* find(std::string_view name) {
    const auto found = std::find_if(declared_.begin(), declared_.end(), [&](const Declared& each) {
      return each.directive->name == name;
    });
    return found == declared_.end() ? nullptr : &*found;
  }

  // The group's name as written for the alias, its server, or the main server; empty: nowhere.
  std::string group_name_of(const AliasDirective& alias) const {
    const std::string none;
    return alias.process_group.value_or(
        alias.declared_in->process_group.value_or(config_of(main_).process_group.value_or(none)));
  }

  std::string callable_of(const AliasDirective& alias) const {
    const std::string usual = wire::GroupConfig().callable;
    return alias.callable.value_or(
        alias.declared_in->callable.value_or(config_of(main_).callable.value_or(usual)));
  }

  std::string names() const {
    std::vector<std::string> all;
    for (const Declared& each : declared_) all.push_back(each.directive->name);
    return all.empty() ? "none" : join(all, ", ");
  }

  Result<Declared*> group_of(const AliasDirective& alias) {
    const std::string name = group_name_of(alias);
    if (!name.empty()) {
      if (Declared* const group = find(name)) return group;
      return wrong(
          alias.where, "WarpScriptAlias",
          "there is no WarpDaemonProcess '" + printable(name) + "'; there are: " + names());
    }
    if (declared_.size() == 1) return &declared_.front();
    return wrong(alias.where, "WarpScriptAlias",
                 declared_.empty()
                     ? std::string("no process group would run it; add WarpDaemonProcess NAME")
                     : "several process groups could run it (" + names() +
                           "); name one with process-group= or WarpProcessGroup");
  }

  Result<> assign_applications(const ServerConfig& config) {
    for (const AliasDirective* const alias : config.aliases) {
      WARP_TRY(Declared* const group, group_of(*alias));
      const std::string callable = callable_of(*alias);
      if (group->application == nullptr) {
        group->application = alias;
        group->callable = callable;
      }
      const core::Target& target = group->application->target;
      if (target.kind != alias->target.kind || target.name != alias->target.name ||
          group->callable != callable)
        return wrong(alias->where, "WarpScriptAlias",
                     "the process group '" + group->directive->name + "' already runs " +
                         target.name + ":" + group->callable + " (" +
                         to_string(group->application->where) + "), and this is " +
                         alias->target.name + ":" + callable +
                         "; a group runs one application, so add another WarpDaemonProcess");
    }
    return {};
  }

  Result<> make_groups() {
    const std::string libexec =
        config_of(main_).libexec_directory.value_or(default_libexec_directory());
    installation_->supervisor_program = libexec + "/warp-supervisor";
    for (Declared& each : declared_) {
      if (each.application == nullptr) {
        log_to(main_, APLOG_WARNING | APLOG_STARTUP,
               to_string(each.directive->where) + ": WarpDaemonProcess: the process group '" +
                   each.directive->name + "' is not started, as no WarpScriptAlias uses it");
        continue;
      }
      if (const auto script = check_script(each.application->target); !script)
        return wrong(each.application->where, "WarpScriptAlias", script.error());
      auto group = make_process_group({.directive = *each.directive,
                                       .application = *each.application,
                                       .callable = each.callable,
                                       .libexec_directory = libexec,
                                       .log_level = log_level_of(main_),
                                       .pool = pool_});
      if (!group)
        return wrong(each.directive->where, "WarpDaemonProcess",
                     Error{group.error().code, each.directive->name + ": " + group.error().detail});
      (*group)->index = installation_->groups.size();
      each.made = group->get();
      installation_->groups.push_back(*std::move(group));
    }
    return check_supervisor();
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
    config.mounts.clear();
    for (const AliasDirective* const alias : config.aliases) {
      const bool is_script = alias->target.kind == wire::TargetKind::kScript;
      config.mounts.push_back({.url = alias->url,
                               .file_name = (is_script ? "" : "warp:") + alias->target.name,
                               .group = (*group_of(*alias))->made,
                               .pass_authorization = alias->pass_authorization});
    }
    // Stable: of two with the same URL the virtual host's own comes before the main server's.
    std::stable_sort(
        config.mounts.begin(), config.mounts.end(),
        [](const Mount& a, const Mount& b) { return core::is_tried_before(a.url, b.url); });
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
