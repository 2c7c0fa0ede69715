#include "mod_warp/core/directive.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "mod_warp/core/group_options.hpp"

namespace warp::core {
namespace {

using testing::HasSubstr;

TEST(DirectivesPage, IsWhatTheDocumentationHolds) {
  std::ifstream file(WARP_SOURCE_DIR "/docs/directives.md");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), directives_page())
      << "write it anew: build/.../warp-directives-page > docs/directives.md";
}

TEST(DirectivesPage, NamesEveryDirectiveAndOption) {
  const std::string page = directives_page();
  for (const Directive& directive : kDirectives) EXPECT_THAT(page, HasSubstr(directive.name));
  for (const GroupOption& option : group_options())
    EXPECT_THAT(page, HasSubstr("`" + std::string(option.name) + "=`"));
}

}  // namespace
}  // namespace warp::core
