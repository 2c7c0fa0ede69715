#include "launcher/detect/uwsgi_file.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

NamedApplication read(std::string_view text, const Environment& environment = {}) {
  const auto named = read_uwsgi_text(text, "/srv/deploy/uwsgi.ini", "uwsgi.ini", environment);
  EXPECT_TRUE(named) << named.error().detail;
  return named.value_or(NamedApplication{});
}

TEST(UwsgiFile, NamesTheApplication) {
  const NamedApplication named =
      read("[uwsgi]\nmodule = shop.web:site\nworkers = 4\nthreads = 2\nmaster = true\n");
  EXPECT_EQ(named.module, "shop.web");
  EXPECT_EQ(named.callable, "site");
  ASSERT_EQ(named.values.size(), 2U);
  EXPECT_EQ(named.values[0].where, "uwsgi.ini:3: workers");
}

TEST(UwsgiFile, HasPlaceholders) {
  const NamedApplication named = read(
      "[uwsgi]\nbase = %d..\nchdir = %(base)/$(PART)\nwsgi_file = site.py\n", {{"PART", "web"}});
  EXPECT_EQ(named.directory, "/srv/web");
  EXPECT_EQ(named.script, "/srv/web/site.py");
}

TEST(UwsgiFile, IsRefusedWhenAValueGrowsWithoutEnd) {
  std::string text = "[uwsgi]\na0 = 0123456789\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "%(a" + std::to_string(i - 1) + ")";
    text += "a" + std::to_string(i) + " = " + before + before + "\n";
  }
  const auto named = read_uwsgi_text(text, "/srv/uwsgi.ini", "uwsgi.ini", {});
  ASSERT_FALSE(named);
  EXPECT_THAT(named.error().detail, testing::HasSubstr("/srv/uwsgi.ini:11: the value of a9"));
}

TEST(UwsgiFile, TakesALongValueAsItIs) {
  EXPECT_EQ(read("[uwsgi]\nchdir = /" + std::string(5000, 'a') + "\n").directory.size(), 5001U);
}

TEST(UwsgiFile, MayBeDamaged) {
  EXPECT_EQ(read("[uwsgi]\nchdir = %(\ncallable = $(X\nfile = %\n").module, "");
  EXPECT_EQ(read("[other]\nmodule = x\n").module, "");
}

}  // namespace
}  // namespace warp
