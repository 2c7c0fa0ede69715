#include "launcher/detect/survey_answer.hpp"

#include "base/strings.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

NameKind kind_of(const std::string& word) {
  if (word == "wsgi") return NameKind::kWsgi;
  if (word == "asgi") return NameKind::kAsgi;
  return word == "other" ? NameKind::kOther : NameKind::kUnknown;
}

template <typename Read>
auto list_of(const Json& object, const char* name, Read read) {
  std::vector<decltype(read(object))> values;
  if (const Json* const member = member_of(object, name); member != nullptr && member->is_array())
    for (const Json& each : *member) values.push_back(read(each));
  return values;
}

unsigned count_of(const Json& object, const char* name) {
  return static_cast<unsigned>(number_of(object, name).value_or(0));
}

std::string word_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

Evidence evidence_of(const Json& object) {
  return {.what = text_of(object, "what"), .where = text_of(object, "where")};
}

StaticFolder static_folder_of(const Json& object) {
  return {.what = text_of(object, "what"),
          .where = text_of(object, "where"),
          .url = text_of(object, "url"),
          .folder = text_of(object, "folder")};
}

SurveyedName name_of(const Json& object) {
  return {.name = text_of(object, "name"),
          .kind = kind_of(text_of(object, "kind")),
          .what = text_of(object, "what"),
          .where = text_of(object, "where"),
          .is_usual = is_true(object, "usual"),
          .via = list_of(object, "via", word_of),
          .static_folders = list_of(object, "static", static_folder_of),
          .notes = list_of(object, "notes", evidence_of)};
}

SurveyedModule module_of(const Json& object) {
  SurveyedModule module{.path = text_of(object, "path"),
                        .root = text_of(object, "root"),
                        .name = text_of(object, "module"),
                        .tier = count_of(object, "tier"),
                        .problem = text_of(object, "problem"),
                        .is_open = is_true(object, "is_open"),
                        .imports_neighbours = is_true(object, "imports_neighbours"),
                        .port_line = count_of(object, "port_line"),
                        .names = list_of(object, "names", name_of)};
  if (const Json* const server = member_of(object, "server");
      server != nullptr && !server->is_null())
    module.server = evidence_of(*server);
  if (const Json* const named = member_of(object, "name"); named != nullptr && !named->is_null())
    module.named = name_of(*named);
  return module;
}

tl::unexpected<Error> no_answer(std::string_view json) {
  return fail(Errc::kPython,
              "the project's Python gave no answer about the project's files; it said '" +
                  printable(json.substr(0, 200)) +
                  "'; see that it runs, or name another with --python-home");
}

Constant constant_of(const Json& object) {
  Constant constant{.name = text_of(object, "name"), .where = text_of(object, "where")};
  if (const Json* const value = member_of(object, "value"); value != nullptr && value->is_string())
    constant.value = value->get<std::string>();
  return constant;
}

}  // namespace

Result<Survey> parse_survey(std::string_view json) {
  const Json answer = parse_json(json);
  if (!answer.is_object()) return no_answer(json);
  Survey survey{.modules = list_of(answer, "modules", module_of),
                .cut_short = text_of(answer, "cut_short")};
  if (const Json* const named = member_of(answer, "named"); named != nullptr && named->is_object())
    survey.named = module_of(*named);
  return survey;
}

Result<SurveyedName> parse_surveyed_name(std::string_view json) {
  const Json answer = parse_json(json);
  if (!answer.is_object()) return no_answer(json);
  return name_of(answer);
}

Result<std::vector<Constant>> parse_constants(std::string_view json) {
  const Json answer = parse_json(json);
  if (!answer.is_object()) return no_answer(json);
  return list_of(answer, "constants", constant_of);
}

}  // namespace warp
