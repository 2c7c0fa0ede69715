#include "launcher/detect/paste_file.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

TEST(PasteFile, DescribesAnApplication) {
  EXPECT_TRUE(is_paste_text("[app:main]\nuse = egg:shop\n"));
  EXPECT_TRUE(is_paste_text("[pipeline:main]\npipeline =\n  a\n  b\n"));
  EXPECT_FALSE(is_paste_text("[loggers]\nkeys = root\n"));
  EXPECT_FALSE(is_paste_text("[app:main]\ntitle = x\n"));
}

TEST(PasteFile, IsFoundByItsEnding) {
  const TemporaryDirectory folder;
  folder.write("live.ini", "[composite:main]\nuse = egg:Paste#urlmap\n");
  folder.write("other.ini", "[a]\nb = c\n");
  folder.write("live.txt", "[app:main]\nuse = egg:shop\n");
  EXPECT_THAT(paste_files_in(folder.path()), testing::ElementsAre("live.ini"));
}

}  // namespace
}  // namespace warp
