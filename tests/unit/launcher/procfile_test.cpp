#include "launcher/detect/procfile.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

TEST(Procfile, HasACommandForTheWeb) {
  const auto web = web_line_in("# processes\nworker: python work.py\nweb:  gunicorn a:b \n");
  ASSERT_TRUE(web);
  EXPECT_EQ(web->command, "gunicorn a:b");
  EXPECT_EQ(web->line, 3U);
}

TEST(Procfile, MayHaveNone) {
  EXPECT_FALSE(web_line_in(""));
  EXPECT_FALSE(web_line_in("webs: a\nweb:\n#web: b\nweb gunicorn\n"));
}

}  // namespace
}  // namespace warp
