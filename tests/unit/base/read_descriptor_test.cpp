#include "base/read_descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

UniqueFd file_with(const std::string& text) {
  UniqueFd file(::memfd_create("test", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  return file;
}

TEST(ReadWholeFile, ReadsFromTheStartWhereverThePositionIs) {
  const std::string text(10'000, 'x');
  const UniqueFd file = file_with(text);
  EXPECT_EQ(read_whole_file(file.get(), 10'000), text);
}

TEST(ReadWholeFile, RefusesMoreThanItsLimit) {
  const UniqueFd file = file_with("abc");
  EXPECT_EQ(read_whole_file(file.get(), 2).error().code, Errc::kTooLarge);
}

TEST(ReadWholeFile, ReportsADescriptorThatIsNone) {
  EXPECT_EQ(read_whole_file(-1, 2).error().code, Errc::kSystem);
}

}  // namespace
}  // namespace warp
