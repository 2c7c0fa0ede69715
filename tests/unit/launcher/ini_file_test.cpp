#include "launcher/detect/ini_file.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

TEST(IniFile, HasSectionsKeysAndLines) {
  const auto entries = read_ini("; note\n[app:main]\nuse = egg:shop\n# x = 1\n[server]\nport=80\n");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].section, "app:main");
  EXPECT_EQ(entries[0].key, "use");
  EXPECT_EQ(entries[0].value, "egg:shop");
  EXPECT_EQ(entries[1].line, 6U);
}

TEST(IniFile, GoesOnInIndentedLines) {
  EXPECT_EQ(read_ini("[a]\npipeline =\n    one\n    two = 2\n")[0].value, "\none\ntwo = 2");
}

TEST(IniFile, MayBeDamaged) {
  EXPECT_TRUE(read_ini("[\n[]\nnothing\n   \n").empty());
  EXPECT_EQ(read_ini("[open\n=\n").size(), 1U);
}

}  // namespace
}  // namespace warp
