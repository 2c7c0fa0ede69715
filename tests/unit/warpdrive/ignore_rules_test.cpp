#include "launcher/image/ignore_rules.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

IgnoreRules rules(std::string_view text) {
  IgnoreRules made;
  made.add(text);
  return made;
}

TEST(IgnoreRules, FitAFileAndAllBelowAFolder) {
  const IgnoreRules made = rules("# a comment\n\n.env\nnode_modules/\n/media\n");
  EXPECT_TRUE(made.leaves_out(".env"));
  EXPECT_TRUE(made.leaves_out("node_modules"));
  EXPECT_TRUE(made.leaves_out("node_modules/a/b.js"));
  EXPECT_TRUE(made.leaves_out("media/picture.png"));
  EXPECT_FALSE(made.leaves_out("app/.env"));
  EXPECT_FALSE(made.leaves_out("# a comment"));
}

TEST(IgnoreRules, KeepAStarWithinAFolder) {
  const IgnoreRules made = rules("*.pyc\ntemp?\n[ab].txt");
  EXPECT_TRUE(made.leaves_out("x.pyc"));
  EXPECT_FALSE(made.leaves_out("app/x.pyc"));
  EXPECT_TRUE(made.leaves_out("temp1"));
  EXPECT_TRUE(made.leaves_out("b.txt"));
  EXPECT_FALSE(made.leaves_out("c.txt"));
}

TEST(IgnoreRules, TakeTwoStarsForAnyNumberOfFolders) {
  const IgnoreRules made = rules("**/*.pyc\ndocs/**/build\n");
  EXPECT_TRUE(made.leaves_out("x.pyc"));
  EXPECT_TRUE(made.leaves_out("a/b/x.pyc"));
  EXPECT_TRUE(made.leaves_out("docs/build"));
  EXPECT_TRUE(made.leaves_out("docs/a/b/build/index.html"));
  EXPECT_FALSE(made.leaves_out("other/build"));
}

TEST(IgnoreRules, LetTheLastFittingLineDecide) {
  const IgnoreRules made = rules("*\n!app\napp/secret\n");
  EXPECT_TRUE(made.has_exceptions());
  EXPECT_TRUE(made.leaves_out("README.md"));
  EXPECT_FALSE(made.leaves_out("app/wsgi.py"));
  EXPECT_TRUE(made.leaves_out("app/secret"));
}

TEST(IgnoreRules, AddAnotherFilesLinesAfterTheFirsts) {
  IgnoreRules made = rules("*.md");
  made.add("!README.md");
  EXPECT_TRUE(made.leaves_out("NOTES.md"));
  EXPECT_FALSE(made.leaves_out("README.md"));
}

TEST(IgnoreRules, BoundTheWorkOfAHostilePattern) {
  std::string pattern = "**";
  std::string path = "a";
  for (int i = 0; i < 200; ++i) {
    pattern += "/a/**";
    path += "/a";
  }
  EXPECT_FALSE(rules(pattern + "/b").leaves_out(path));
}

}  // namespace
}  // namespace warp
