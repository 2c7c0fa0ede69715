#include "launcher/render/template.hpp"

#include <deque>
#include <kainjow/mustache.hpp>

#include "launcher/host/files.hpp"

namespace warp {
namespace {

namespace mustache = kainjow::mustache;

mustache::data to_data(const TemplateValues& values) {
  mustache::data object(mustache::data::type::object);
  for (const auto& [name, value] : values.named) {
    if (const auto* const text = std::get_if<std::string>(&value)) {
      object.set(name, *text);
    } else if (const auto* const truth = std::get_if<bool>(&value)) {
      object.set(name, *truth);
    } else {
      mustache::data list(mustache::data::type::list);
      for (const TemplateValues& entry : std::get<TemplateList>(value)) list << to_data(entry);
      object.set(name, list);
    }
  }
  return object;
}

// Looks names up as the library's own context does, innermost first, but remembers the first that
// is unknown; partials come from files.
class StrictContext final : public mustache::basic_context<std::string> {
 public:
  StrictContext(std::string directory, const mustache::data& values)
      : directory_(std::move(directory)), scopes_{&values} {}

  void push(const mustache::data* data) override { scopes_.push_back(data); }
  void pop() override { scopes_.pop_back(); }

  const mustache::data* get(const std::string& name) const override {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
      if (const mustache::data* const found = (*scope)->get(name)) return found;
    note("the template uses the unknown name '" + name + "'");
    return nullptr;
  }

  const mustache::data* get_partial(const std::string& name) const override {
    const auto text = read_text(directory_ + "/" + name + ".mustache");
    if (!text) {
      note(text.error().detail);
      return nullptr;
    }
    return &partials_.emplace_back(*text);
  }

  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void note(const std::string& problem) const {
    if (problem_.empty()) problem_ = problem;
  }

  std::string directory_;
  std::vector<const mustache::data*> scopes_;
  // mutable: the library asks through a const interface. A deque keeps addresses.
  mutable std::deque<mustache::data> partials_;
  mutable std::string problem_;
};

}  // namespace

Result<std::string> render_template(const std::string& directory, const std::string& name,
                                    const TemplateValues& values, Quote quote) {
  const std::string path = directory + "/" + name + ".mustache";
  WARP_TRY(const std::string text, read_text(path));
  mustache::mustache page(text);
  std::string bad_value;
  page.set_custom_escape([&](const std::string& value) {
    auto quoted = quote(value);
    if (quoted) return *quoted;
    if (bad_value.empty()) bad_value = quoted.error().detail;
    return std::string();
  });
  const mustache::data data = to_data(values);
  StrictContext context(directory, data);
  std::string rendered = page.render(context);
  if (!page.is_valid()) return fail(Errc::kInternal, path + ": " + page.error_message());
  if (!context.problem().empty()) return fail(Errc::kInternal, path + ": " + context.problem());
  if (!bad_value.empty()) return fail(Errc::kInvalidSetting, bad_value);
  return rendered;
}

}  // namespace warp
