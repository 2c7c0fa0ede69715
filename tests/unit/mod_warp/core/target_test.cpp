#include "mod_warp/core/target.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

using testing::Optional;
using wire::TargetKind;

TEST(ParseTarget, TakesAPathForAScript) {
  for (const char* const text :
       {"/srv/app/wsgi.py", "app/site.wsgi", "wsgi.py", "./x", "production.ini"}) {
    EXPECT_EQ(parse_target(text)->kind, TargetKind::kScript) << text;
    EXPECT_EQ(parse_target(text)->name, text);
  }
}

TEST(ParseTarget, TakesADottedNameForAModule) {
  const auto target = parse_target("shop.web");
  EXPECT_EQ(target->kind, TargetKind::kModule);
  EXPECT_EQ(target->name, "shop.web");
  EXPECT_EQ(target->callable, std::nullopt);
}

TEST(ParseTarget, FindsTheCallableAfterTheColon) {
  const auto target = parse_target("shop.web:factory.app");
  EXPECT_EQ(target->name, "shop.web");
  EXPECT_THAT(target->callable, Optional(std::string("factory.app")));
}

TEST(ParseTarget, TakesAFactoryWithItsParentheses) {
  EXPECT_THAT(parse_target("shop:create_app()")->callable, Optional(std::string("create_app()")));
  EXPECT_TRUE(is_callable_name("web.create_app()") && is_callable_name("app"));
  EXPECT_FALSE(is_callable_name("()") || is_callable_name("app()()") || is_callable_name("app(1)"));
}

TEST(ParseTarget, RefusesWhatIsNeither) {
  for (const char* const text :
       {"", "a..b", "a:", ":a", "1a", "a b", "a:b:c", "a-b", "a()", "a:()", "a:b(1)"})
    EXPECT_FALSE(parse_target(text)) << text;
}

TEST(Target, WithASubstitutionIsSeen) {
  EXPECT_TRUE(has_substitution("/srv/$1/app.py") && has_substitution("$0"));
  EXPECT_FALSE(has_substitution("/srv/$/a$b.py") || has_substitution("/srv/$"));
}

}  // namespace
}  // namespace warp::core
