"""Social platforms. A post belongs to the source of its platform, whoever wrote it."""

# The hosts of each platform: the main host first, then others with the same posts. Subdomains (m., old., de-de.) are included.
PLATFORMS = {
    "Bilibili": ("bilibili.com", "b23.tv"),
    "BitChute": ("bitchute.com",),
    "Bluesky": ("bsky.app",),
    "Dailymotion": ("dailymotion.com", "dai.ly"),
    "Discord": ("discord.com", "discord.gg"),
    "Douyin": ("douyin.com",),
    "Facebook": ("facebook.com", "fb.com", "fb.me", "fb.watch"),
    "Gab": ("gab.com",),
    "GETTR": ("gettr.com",),
    "Instagram": ("instagram.com", "instagr.am"),
    "Kick": ("kick.com",),
    "Koo": ("kooapp.com",),
    "Kuaishou": ("kuaishou.com",),
    "Likee": ("likee.video",),
    "LINE": ("line.me",),
    "LinkedIn": ("linkedin.com",),
    "Mastodon": ("mastodon.social", "mastodon.online"),
    "Minds": ("minds.com",),
    "Nextdoor": ("nextdoor.com",),
    "Niconico": ("nicovideo.jp", "nico.ms"),
    "Odnoklassniki": ("ok.ru",),
    "Odysee": ("odysee.com",),
    "Parler": ("parler.com",),
    "Pinterest": ("pinterest.com", "pin.it"),
    "Quora": ("quora.com",),
    "Reddit": ("reddit.com", "redd.it"),
    "Rumble": ("rumble.com",),
    "Rutube": ("rutube.ru",),
    "ShareChat": ("sharechat.com",),
    "Snapchat": ("snapchat.com",),
    "Telegram": ("t.me", "telegram.me", "telegram.org"),
    "Threads": ("threads.com", "threads.net"),
    "TikTok": ("tiktok.com",),
    "Truth Social": ("truthsocial.com",),
    "Tumblr": ("tumblr.com",),
    "Twitch": ("twitch.tv",),
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


def platform_of(host: str) -> str:
    """Return the name of the platform of a host (lower case) or its parent domain, else ""."""
    labels = host.split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_NAMES[suffix] for suffix in suffixes if suffix in _NAMES), "")
