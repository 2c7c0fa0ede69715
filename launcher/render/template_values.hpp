// What a template is filled with: texts, truths, and lists of such.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace warp {

struct TemplateValues;
using TemplateList = std::vector<TemplateValues>;

struct TemplateValues {
  std::map<std::string, std::variant<std::string, bool, TemplateList>> named;
};

}  // namespace warp
