// What another server's settings become, by a table of each server.
#pragma once

#include <span>

#include "launcher/detect/evidence.hpp"
#include "launcher/settings/option.hpp"

namespace warp {

// A setting of the other server.
struct Theirs {
  std::string name{};
  std::string value{};
  std::string where{};  // "uwsgi.ini:3"
  std::string base{};   // relative paths start here
};

struct Conversion {
  std::vector<Given> givens{};
  std::vector<Evidence> left{};  // what has no equivalent, and why
};

enum class Form {
  kNone,       // no equivalent; `remark` says why
  kWord,       // as it is written
  kSwitch,     // true, on, 1 or nothing: `remark` is our word for it, off its opposite
  kLog,        // where a log goes, "-" for the terminal: on; `remark` is for a path
  kLevel,      // of Python's logging
  kPath,       // one path
  kPaths,      // several, between commas or colons
  kPathPair,   // "/static=/srv/static"
  kPair,       // "NAME=value"
  kAddresses,  // "host:port", or several between commas: the first is for host and port
  kMebibytes,  // a number of them
};

struct Rule {
  std::string_view theirs{};
  Form form = Form::kNone;
  std::string_view ours{};
  std::string_view remark{};
};

// A setting without a rule is among those that have no equivalent.
void convert_setting(std::span<const Rule> rules, const Theirs& theirs, Conversion& conversion);

// Further words of a repeatable option go behind the present ones. What our option refuses is left.
void add_words(Conversion& conversion, std::string_view option, std::vector<std::string> words,
               const Theirs& theirs);
void leave(Conversion& conversion, const Theirs& theirs, std::string_view why);
[[nodiscard]] bool has_option(const Conversion& conversion, std::string_view option);

}  // namespace warp
