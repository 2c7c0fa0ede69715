// The machine's httpd and its modules.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// Where its programs are when they are not on the PATH.
inline constexpr std::string_view kSystemPrograms =
    "/usr/sbin:/usr/local/sbin:/usr/local/apache2/bin";

[[nodiscard]] Result<Httpd> find_httpd(const Settings& settings, Host& host);

// The wished MPM, or the first of event, worker, prefork that is there.
[[nodiscard]] Result<Mpm> choose_mpm(std::optional<Mpm> wish, const Httpd& httpd);
[[nodiscard]] std::string mpm_name(Mpm mpm);

[[nodiscard]] bool has_module(const Httpd& httpd, const std::string& name);

// LoadModule lines for the modules (names like "alias") that are not built in. kNotFound names
// those that are missing.
[[nodiscard]] Result<std::vector<LoadedModule>> load_modules(const Httpd& httpd,
                                                             const std::vector<std::string>& names);

// What `httpd -l` prints, as names.
[[nodiscard]] std::vector<std::string> parse_built_in(std::string_view output);

}  // namespace warp
