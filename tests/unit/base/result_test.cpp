#include "base/result.hpp"

#include <gmock/gmock.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <sstream>

namespace warp {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Errc::kInvalidSetting, std::to_string(number) + " is odd");
  return number / 2;
}

Result<int> quarter(int number) {
  WARP_TRY(const int first, half(number));
  WARP_TRY(const int second, half(first));
  return second;
}

TEST(Result, TryPassesTheValueOn) { EXPECT_EQ(*quarter(12), 3); }

TEST(Result, TryReturnsTheFirstError) {
  const auto result = quarter(6);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::kInvalidSetting);
  EXPECT_EQ(result.error().detail, "3 is odd");
}

TEST(Result, ErrnoBecomesWords) {
  errno = EACCES;
  const auto result = Result<>(fail_errno("open /srv/app"));
  EXPECT_EQ(result.error().detail, "open /srv/app: Permission denied");
}

TEST(Result, DescriptionStartsWithTheStableId) {
  EXPECT_EQ(describe({Errc::kUnknownSetting, "unknown option --prot"}),
            "WARP1007: unknown option --prot");
}

TEST(Result, EveryErrorIdIsExplainedInTheDocs) {
  std::ifstream file(WARP_ERRORS_PAGE);
  std::stringstream page;
  page << file.rdbuf();
  for (unsigned number = 1001; number < 1100; ++number) {
    const auto code = static_cast<Errc>(number);
    if (errc_name(code).empty()) continue;
    EXPECT_THAT(page.str(),
                testing::HasSubstr("## " + error_id(code) + " " + std::string(errc_name(code))));
  }
}

}  // namespace
}  // namespace warp
