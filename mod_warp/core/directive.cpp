#include "mod_warp/core/directive.hpp"

#include <string_view>

#include "mod_warp/core/group_options.hpp"

namespace warp::core {
namespace {

void add_row(std::string& page, std::initializer_list<std::string_view> cells) {
  for (const std::string_view cell : cells) {
    page += "| ";
    for (const char c : cell) page += c == '|' ? std::string("\\|") : std::string(1, c);
    page += ' ';
  }
  page += "|\n";
}

}  // namespace

std::string directives_page() {
  std::string page =
      "# Directives of mod_warp\n\n"
      "Written from the tables in `mod_warp/core` by the program `warp-directives-page`; a test "
      "compares. Load the module with `LoadModule warp_module "
      "PREFIX/lib/warpdrive/mod_warp.so`.\n\n";
  add_row(page, {"directive", "where", "default", "meaning"});
  add_row(page, {"---", "---", "---", "---"});
  for (const Directive& directive : kDirectives)
    add_row(page, {"`" + std::string(directive.name) + " " + directive.syntax + "`",
                   directive.context, directive.fallback, directive.help});
  page += "\n## Options of WarpDaemonProcess\n\n";
  add_row(page, {"option", "value", "default", "meaning"});
  add_row(page, {"---", "---", "---", "---"});
  for (const GroupOption& option : group_options())
    add_row(page,
            {"`" + std::string(option.name) + "=`", option.value, option.fallback, option.help});
  page +=
      "\nOne process group runs one application: two aliases of one group must lead to the same "
      "TARGET and callable. Text with spaces is quoted: `display-name=\"my site\"`.\n";
  return page;
}

}  // namespace warp::core
