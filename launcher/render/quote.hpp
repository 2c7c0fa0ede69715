// Texts from outside as arguments of httpd's directives: none may end its argument, its line or
// become a directive.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp {

// One argument; bare where that is safe. The template defines WARP_DOLLAR as "$", since httpd
// replaces ${NAME} even within quotes and knows no escape. An error for control characters.
[[nodiscard]] Result<std::string> quote_for_httpd(std::string_view value);

// One word of a shell's command.
[[nodiscard]] std::string quote_for_shell(std::string_view value);

// One word of a systemd command line, and the whole value of another setting of a unit. The value
// holds no control characters.
[[nodiscard]] std::string quote_for_systemd(std::string_view value);
[[nodiscard]] std::string quote_text_for_systemd(std::string_view value);

// A YAML text in double quotes, in ASCII; an error for what is no UTF-8.
[[nodiscard]] Result<std::string> quote_for_yaml(std::string_view value);

// A regular expression (PCRE) that matches just the text.
[[nodiscard]] std::string regex_for(std::string_view text);

}  // namespace warp
