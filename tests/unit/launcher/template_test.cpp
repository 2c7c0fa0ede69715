#include "launcher/render/template.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class Template : public testing::Test {
 protected:
  Result<std::string> render(std::string_view text, const TemplateValues& values) {
    folder_.write("page.mustache", text);
    return render_template(folder_.path(), "page", values);
  }
  TemporaryDirectory folder_;
};

TEST_F(Template, QuotesValues) {
  EXPECT_EQ(*render("Alias {{url}} {{&url}}\n", {{{"url", "/a b"}}}), "Alias \"/a b\" /a b\n");
}

TEST_F(Template, QuotesAsItIsTold) {
  folder_.write("page.mustache", "{{text}}: {{&text}}\n");
  EXPECT_EQ(*render_template(folder_.path(), "page", {{{"text", "on"}}}, quote_for_yaml),
            "\"on\": on\n");
}

TEST_F(Template, RepeatsListsAndSkipsSections) {
  const TemplateValues values{{{"items", TemplateList{{{{"word", "a"}}}, {{{"word", "b"}}}}},
                               {"on", true},
                               {"off", false}}};
  EXPECT_EQ(*render("{{#items}}{{word}};{{/items}}{{#on}}yes{{/on}}{{#off}}no{{/off}}\n", values),
            "a;b;yes\n");
}

TEST_F(Template, TakesPartialsFromItsFolder) {
  folder_.write("part.mustache", "Listen {{port}}\n");
  EXPECT_THAT(*render("{{>part}}\n", {{{"port", "80"}}}), HasSubstr("Listen 80\n"));
}

TEST_F(Template, RefusesAnUnknownName) {
  const auto text = render("Listen {{prot}}\n", {{{"port", "80"}}});
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().detail, HasSubstr("'prot'"));
  EXPECT_FALSE(render("{{#none}}x{{/none}}\n", {}));
  EXPECT_FALSE(render("{{^none}}x{{/none}}\n", {}));
  EXPECT_FALSE(render("{{>none}}\n", {}));
}

TEST_F(Template, RefusesAValueThatWouldStartANewLine) {
  const auto text = render("SetEnv A {{value}}\n", {{{"value", "b\nLoadModule x y"}}});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::kInvalidSetting);
}

TEST_F(Template, RefusesABrokenTemplate) { EXPECT_FALSE(render("{{#a}}\n", {{{"a", true}}})); }

}  // namespace
}  // namespace warp
