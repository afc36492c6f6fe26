"""Social platforms. A post belongs to the source of its platform, whoever wrote it."""

import re

# The hosts of each platform: the main host first, then others with the same posts. Subdomains (m., old., de-de.) are included.
PLATFORMS = {
    "4chan": ("4chan.org", "4channel.org"),
    "Aparat": ("aparat.com",),
    "Bilibili": ("bilibili.com", "b23.tv"),
    "BitChute": ("bitchute.com",),
    "Bluesky": ("bsky.app",),
    "Clubhouse": ("clubhouse.com",),
    "Dailymotion": ("dailymotion.com", "dai.ly"),
    "Dcard": ("dcard.tw",),
    "Discord": ("discord.com", "discord.gg"),
    "Douyin": ("douyin.com",),
    "Dzen": ("dzen.ru",),
    "Facebook": ("facebook.com", "fb.com", "fb.me", "fb.watch"),
    "Gab": ("gab.com",),
    "GETTR": ("gettr.com",),
    "Instagram": ("instagram.com", "instagr.am"),
    "KakaoStory": ("story.kakao.com",),
    "Kick": ("kick.com",),
    "Koo": ("kooapp.com",),
    "Kuaishou": ("kuaishou.com",),
    "Kwai": ("kwai.com",),
    "Lemon8": ("lemon8-app.com",),
    "LIHKG": ("lihkg.com",),
    "Likee": ("likee.video",),
    "LINE": ("line.me",),
    "LinkedIn": ("linkedin.com",),
    "Mastodon": ("mastodon.social", "mastodon.online"),
    "Minds": ("minds.com",),
    "Naver Blog": ("blog.naver.com",),
    "Naver Cafe": ("cafe.naver.com",),
    "Nextdoor": ("nextdoor.com",),
    "Niconico": ("nicovideo.jp", "nico.ms"),
    "Odnoklassniki": ("ok.ru",),
    "Odysee": ("odysee.com",),
    "Pantip": ("pantip.com",),
    "Parler": ("parler.com",),
    "Pinterest": ("pinterest.com", "pin.it"),
    "Plurk": ("plurk.com",),
    "PTT": ("ptt.cc",),
    "Quora": ("quora.com",),
    "Reddit": ("reddit.com", "redd.it"),
    "Rumble": ("rumble.com",),
    "Rutube": ("rutube.ru",),
    "ShareChat": ("sharechat.com",),
    "Snapchat": ("snapchat.com",),
    "Telegram": ("t.me", "telegram.me", "telegram.org"),
    "Threads": ("threads.com", "threads.net"),
    "Tieba": ("tieba.baidu.com",),
    "TikTok": ("tiktok.com",),
    "Truth Social": ("truthsocial.com",),
    "Tumblr": ("tumblr.com",),
    "Twitch": ("twitch.tv",),
    "Viber": ("viber.com",),
    "Vimeo": ("vimeo.com",),
    "VK": ("vk.com", "vk.ru", "vkvideo.ru"),
    "WeChat": ("weixin.qq.com", "wechat.com"),
    "Weibo": ("weibo.com", "weibo.cn"),
    "WhatsApp": ("whatsapp.com", "wa.me"),
    "X": ("x.com", "twitter.com"),
    "Xiaohongshu": ("xiaohongshu.com", "xhslink.com"),
    "YouTube": ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    "Zalo": ("zalo.me",),
    "Zhihu": ("zhihu.com",),
}  # fmt: skip
_NAMES = {host: name for name, hosts in PLATFORMS.items() for host in hosts}


# X shows the post of a number under any name, also a former one, and under /i/. YouTube shows a video under several addresses. Two
# words of its addresses look like ids: the channel's broadcast and the playlist inside another page. A comment is what its author
# says, not the video.
_POST = re.compile(
    r"(?:(?:www|m|mobile)\.)?(?:x|twitter)\.com/(?:i/web|\w+)/status(?:es)?/(\d+)(?:/(?:photo|video)/\d+)?/?\Z"
)
_VIDEO = re.compile(
    r"(?:youtu\.be|(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com/(?:shorts|live|embed|v))"
    r"/(?!live_stream|videoseries)([\w-]{11})/?\Z",
    re.ASCII,
)
_WATCH = re.compile(r"(?:(?:www|m|music)\.)?youtube\.com/watch/?\Z")
_WATCHED = re.compile(r"(?:(?!v=)[^&]*&)*v=([\w-]{11})(?:&(?!v=)[^&]*)*\Z", re.ASCII)
_COMMENT = re.compile(r"(?:\A|&)(?:lc|google_comment_id)=")


def post(host: str, path: str, query: str) -> str:
    """Return the one address of a post on X or a video on YouTube, else ""."""
    if found := _POST.match(f"{host}{path}"):
        return f"https://x.com/i/status/{found[1]}"
    found = _VIDEO.match(f"{host}{path}") or (_WATCH.match(f"{host}{path}") and _WATCHED.match(query))
    if found and not _COMMENT.search(query):
        return f"https://www.youtube.com/watch?v={found[1]}"
    return ""


def platform_of(host: str) -> str:
    """Return the name of the platform of a host (lower case) or its parent domain, else ""."""
    labels = host.split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_NAMES[suffix] for suffix in suffixes if suffix in _NAMES), "")
