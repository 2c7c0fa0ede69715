// The shell code that enters and leaves an environment. Every value in it is quoted.
#pragma once

#include "launcher/environments/named_environment.hpp"
#include "launcher/environments/shell.hpp"

namespace warp {

// `source`: the project's folder; "" leaves $WARPDRIVE_SRC_ROOT unset. The variables that keep what
// was before have the names that Python's own activate uses, so that either may follow the other.
[[nodiscard]] std::string activation_code(Shell shell, const NamedEnvironment& environment,
                                          const std::string& source);

// Works in a shell that has inherited the variables without the function `deactivate`, too.
[[nodiscard]] std::string deactivation_code(Shell shell, const Environment& environment);

// "(warpdrive+NAME) ". Shells expand a prompt each time they show it, so characters that mean
// something there are shown as ?.
[[nodiscard]] std::string prompt_of(std::string_view name);

// The variables that an environment sets, but for PATH.
[[nodiscard]] Environment variables_of(const NamedEnvironment& environment,
                                       const std::string& source);

// The environment's programs first; for `warpdrive exec` and the like, which have no shell.
void enter(Environment& variables, const NamedEnvironment& environment, const std::string& source);

}  // namespace warp
