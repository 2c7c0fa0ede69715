#include "launcher/settings/options_page.hpp"

#include "base/strings.hpp"
#include "launcher/settings/aliases.hpp"

namespace warp {
namespace {

constexpr std::string_view kIntroduction = R"(# Options of warpdrive-express

Made from the option tables (`launcher/settings/options/`) by `warpdrive-express show-options`;
do not edit by hand.

Each option can be said in four ways; the first that says it wins:

1. as a flag: `--port 8080`
2. as an environment variable: `WARPDRIVE_PORT=8080`
3. as a key of `warpdrive.toml` in the project's folder, or of the table `[tool.warpdrive]` of its
   `pyproject.toml`: `port = 8080`
4. by what is detected in the project, and at last by the default

`warpdrive-express show-config` shows who said what. More on the sources: [configuration.md](configuration.md).

A flag that needs no value is switched off by `--no-…`, and is `true` or `false` elsewhere. A
repeatable option is repeated as a flag, is a list of words in the environment (white space between
them, the shell's quotes round them), and a list in the file. Pairs are `NAME=VALUE` words in the
environment and a table in the file:

```
--url-alias /media /srv/media --url-alias /robots.txt /srv/robots.txt
WARPDRIVE_URL_ALIAS="/media=/srv/media /robots.txt=/srv/robots.txt"
url-alias = { "/media" = "/srv/media", "/robots.txt" = "/srv/robots.txt" }
```

A source that says a repeatable option replaces what the sources below it say. Relative paths start
at the current directory, in a file at the file's folder.
)";

constexpr std::string_view kVariablesOfOthers = R"(
## Variables of other tools

Understood too, below `WARPDRIVE_…` and above the files. Of several for one option the first of this
table wins. A variable that is set to nothing is not set.

| variable | option | set by | remarks |
| --- | --- | --- | --- |
)";

std::string row(const Option& option) {
  std::string text = "### `" + flag_of(option);
  if (!option.value_name.empty()) text += " " + std::string(option.value_name);
  text += "`\n\n" + described(option) + "\n";
  if (option.highest > 0 && option.highest <= 86400)
    text += "A number from " + std::to_string(option.lowest) + " to " +
            std::to_string(option.highest) + ".\n";
  text += "Variable `" + variable_of(option) + "`, key `" + std::string(option.name) + "`.";
  std::vector<std::string> others;
  for (const Alias& alias : alias_table())
    if (alias.option == option.name) others.push_back("`" + std::string(alias.variable) + "`");
  if (!others.empty()) text += " Also " + join(others, ", ") + ".";
  return text + "\n";
}

std::string variable_row(const Alias& alias) {
  const bool has_option = find_option(alias.option) != nullptr;
  const std::string option = has_option ? "`--" + std::string(alias.option) + "`" : "none";
  const std::string remark = has_option ? std::string(alias.note) : "Unused: " + why_unused(alias);
  return "| `" + std::string(alias.variable) + "` | " + option + " | " + std::string(alias.whose) +
         " | " + remark + " |\n";
}

}  // namespace

std::string options_page() {
  std::string page(kIntroduction);
  std::string_view group;
  for (const Option& option : option_table()) {
    if (option.group != group) {
      group = option.group;
      page += "\n## " + std::string(group) + "\n";
    }
    page += "\n" + row(option);
  }
  page += kVariablesOfOthers;
  for (const Alias& alias : alias_table()) page += variable_row(alias);
  return page;
}

}  // namespace warp
