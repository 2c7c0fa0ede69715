#include "mod_warp/parent/kept.hpp"

#include <apr_general.h>
#include <gmock/gmock.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstdint>

#include "unit/open_descriptors.hpp"

namespace warp {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class KeptTest : public testing::Test {
 protected:
  KeptTest() {
    apr_initialize();
    apr_pool_create(&pool_, nullptr);
  }
  void TearDown() override {
    apr_pool_destroy(pool_);
    apr_terminate();
  }

  // With two descriptors beside the control socket's, which can be told by the number that they
  // hold.
  static KeptGroup group(const std::string& identity, unsigned first = 1) {
    KeptGroup group{.identity = identity,
                    .supervisor = 4711,
                    .backoff = {},
                    .started_at = {},
                    .control = ControlSocket::none(),
                    .descriptors = {}};
    for (const unsigned number : {first, first + 1})
      group.descriptors.emplace_back(::eventfd(number, EFD_CLOEXEC | EFD_NONBLOCK));
    return group;
  }
  static std::uint64_t number_in(const UniqueFd& descriptor) {
    std::uint64_t number = 0;
    return ::read(descriptor.get(), &number, sizeof number) == sizeof number ? number : 0;
  }

  apr_pool_t* pool_ = nullptr;
};

TEST_F(KeptTest, GivesBackWhatWasKept) {
  KeptGroup kept = group(std::string("a\0b", 3));
  kept.started_at = std::chrono::steady_clock::time_point(std::chrono::seconds(5));
  const auto started_at = kept.started_at;
  EXPECT_EQ(kept.backoff.after_life_of(std::chrono::seconds(0)), std::chrono::seconds(1));
  keep(std::move(kept), pool_);
  auto taken = take_kept(pool_);
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_EQ(taken[0].identity, std::string("a\0b", 3));
  EXPECT_EQ(taken[0].supervisor, 4711);
  EXPECT_EQ(taken[0].started_at, started_at);
  EXPECT_EQ(taken[0].backoff.after_life_of(std::chrono::seconds(0)), std::chrono::seconds(2));
  ASSERT_THAT(taken[0].descriptors, SizeIs(2));
  EXPECT_EQ(number_in(taken[0].descriptors[0]), 1U);
  EXPECT_EQ(number_in(taken[0].descriptors[1]), 2U);
}

TEST_F(KeptTest, KeepsSeveralGroupsApart) {
  keep(group("one", 1), pool_);
  keep(group("two", 11), pool_);
  const auto taken = take_kept(pool_);
  ASSERT_THAT(taken, SizeIs(2));
  for (const KeptGroup& each : taken)
    EXPECT_EQ(number_in(each.descriptors[0]), each.identity == "one" ? 1U : 11U);
}

TEST_F(KeptTest, IsEmptyWithoutGroupsAndAfterTheyWereTaken) {
  EXPECT_THAT(take_kept(pool_), IsEmpty());
  keep(group("one"), pool_);
  EXPECT_THAT(take_kept(pool_), SizeIs(1));
  EXPECT_THAT(take_kept(pool_), IsEmpty());
}

TEST_F(KeptTest, IsClosedAndForgottenWithThePoolWhenNobodyTakesIt) {
  const auto before = open_descriptors();
  keep(group("one"), pool_);
  EXPECT_EQ(open_descriptors(), before + 3);
  apr_pool_clear(pool_);
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_THAT(take_kept(pool_), IsEmpty());
}

TEST_F(KeptTest, OutlivesThePoolWhenTaken) {
  const auto before = open_descriptors();
  keep(group("one"), pool_);
  {
    const auto taken = take_kept(pool_);
    apr_pool_clear(pool_);
    EXPECT_EQ(open_descriptors(), before + 3);
    EXPECT_EQ(number_in(taken[0].descriptors[1]), 2U);
  }
  EXPECT_EQ(open_descriptors(), before);
}

TEST_F(KeptTest, LosesAGroupWhenThereAreTooFewDescriptors) {
  keep(group("one"), pool_);
  rlimit usual{};
  ::getrlimit(RLIMIT_NOFILE, &usual);
  rlimit none = usual;
  none.rlim_cur = STDERR_FILENO + 1;
  ::setrlimit(RLIMIT_NOFILE, &none);
  const auto taken = take_kept(pool_);
  ::setrlimit(RLIMIT_NOFILE, &usual);
  EXPECT_THAT(taken, IsEmpty());
}

}  // namespace
}  // namespace warp
