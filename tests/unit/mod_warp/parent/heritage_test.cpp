#include "mod_warp/parent/heritage.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include "unit/open_descriptors.hpp"

namespace warp {
namespace {

constexpr std::uint32_t kQueueLimit = 8;

wire::GroupConfig settings_with(std::uint32_t processes) {
  wire::GroupConfig settings;
  settings.name = "site";
  settings.processes = processes;
  settings.threads = 2;
  return settings;
}

TEST(Heritage, IsTheSameAfterItsDescriptorsWereReleasedAndAdopted) {
  auto made = *make_heritage(settings_with(3), kQueueLimit, ControlSocket::none());
  made.board.set_state(2, scoreboard::SlotState::kReady);
  std::vector<int> before = made.for_supervisor({});
  auto adopted =
      adopt_heritage(made.release(), std::move(made.control), settings_with(3), kQueueLimit);
  ASSERT_TRUE(adopted) << describe(adopted.error());
  EXPECT_EQ(adopted->for_supervisor({}), before);
  EXPECT_EQ(adopted->board.slot(2).state, scoreboard::SlotState::kReady);
}

TEST(Heritage, ConnectsTheSameEndsAfterAdoption) {
  auto made = *make_heritage(settings_with(2), kQueueLimit, ControlSocket::none());
  auto adopted =
      *adopt_heritage(made.release(), std::move(made.control), settings_with(2), kQueueLimit);
  const channel::Connector& second = adopted.connectors[1];
  ASSERT_EQ(::send(second.child_end.get(), "x", 1, 0), 1);
  char byte = 0;
  EXPECT_EQ(::recv(second.worker_end.get(), &byte, 1, MSG_DONTWAIT), 1);
}

TEST(Heritage, OwnsNothingOnceReleased) {
  const auto before = open_descriptors();
  {
    auto made = *make_heritage(settings_with(3), kQueueLimit, ControlSocket::none());
    const std::vector<UniqueFd> descriptors = made.release();
    // The control socket, three, and two per slot.
    EXPECT_EQ(open_descriptors(), before + 4 + 2 * wire::slots_for(3));
  }
  EXPECT_EQ(open_descriptors(), before);
}

TEST(Heritage, IsNotAdoptedByAGroupWithOtherDimensions) {
  const auto before = open_descriptors();
  auto made = *make_heritage(settings_with(3), kQueueLimit, ControlSocket::none());
  const auto adopted =
      adopt_heritage(made.release(), std::move(made.control), settings_with(4), kQueueLimit);
  ASSERT_FALSE(adopted);
  EXPECT_EQ(adopted.error().code, Errc::kProtocol);
  EXPECT_EQ(open_descriptors(), before);
}

// A worker may write what it likes there.
TEST(Heritage, IsNotAdoptedWithAnOverwrittenHeader) {
  auto made = *make_heritage(settings_with(3), kQueueLimit, ControlSocket::none());
  const scoreboard::Header header{
      .magic = scoreboard::kMagic, .version = scoreboard::kLayoutVersion, .slots = 1, .threads = 1};
  ASSERT_EQ(::pwrite(made.segment.get(), &header, sizeof header, 0), ssize_t{sizeof header});
  const auto adopted =
      adopt_heritage(made.release(), std::move(made.control), settings_with(3), kQueueLimit);
  ASSERT_FALSE(adopted);
  EXPECT_EQ(adopted.error().code, Errc::kProtocol);
}

TEST(Heritage, IsNotAdoptedWhenADescriptorIsMissing) {
  auto made = *make_heritage(settings_with(3), kQueueLimit, ControlSocket::none());
  std::vector<UniqueFd> descriptors = made.release();
  descriptors.pop_back();
  EXPECT_FALSE(
      adopt_heritage(std::move(descriptors), ControlSocket::none(), settings_with(3), kQueueLimit));
  EXPECT_FALSE(adopt_heritage({}, ControlSocket::none(), settings_with(3), kQueueLimit));
}

}  // namespace
}  // namespace warp
