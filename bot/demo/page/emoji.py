"""Emoji by their short names, those that people and bots use most."""

import re

_TABLE = """
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 rolling_on_the_floor_laughing 🤣 joy 😂
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩 kissing_heart 😘
yum 😋 stuck_out_tongue 😛 stuck_out_tongue_winking_eye 😜 zany_face 🤪 money_mouth_face 🤑 hugging_face 🤗
face_with_hand_over_mouth 🤭 shushing_face 🤫 thinking_face 🤔 zipper_mouth_face 🤐 face_with_raised_eyebrow 🤨
neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌
pensive 😔 sleepy 😪 sleeping 😴 mask 😷 face_with_thermometer 🤒 exploding_head 🤯 partying_face 🥳 sunglasses 😎
nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁 white_frowning_face ☹️ open_mouth 😮 hushed 😯
astonished 😲 flushed 😳 pleading_face 🥺 frowning 😦 anguished 😧 fearful 😨 cold_sweat 😰 disappointed_relieved 😥
cry 😢 sob 😭 scream 😱 confounded 😖 persevere 😣 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 yawning_face 🥱
triumph 😤 rage 😡 angry 😠 face_with_symbols_on_mouth 🤬 skull 💀 hankey 💩 poop 💩 ghost 👻 robot_face 🤖 alien 👽
wave 👋 raised_hand ✋ hand ✋ ok_hand 👌 pinching_hand 🤏 v ✌️ crossed_fingers 🤞 call_me_hand 🤙 point_left 👈
point_right 👉 point_up ☝️ point_up_2 👆 point_down 👇 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊
clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝 pray 🙏 writing_hand ✍️ muscle 💪 middle_finger 🖕 eyes 👀 brain 🧠
bust_in_silhouette 👤 busts_in_silhouette 👥 speaking_head_in_silhouette 🗣️ woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️
shrug 🤷 face_palm 🤦 raising_hand 🙋 bow 🙇 runner 🏃 technologist 🧑‍💻 female-office-worker 👩‍💼 mechanic 🧑‍🔧
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 broken_heart 💔
two_hearts 💕 sparkling_heart 💖 100 💯 anger 💢 boom 💥 collision 💥 dizzy 💫 sweat_drops 💦 dash 💨 zzz 💤
speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 dog 🐶 cat 🐱 bear 🐻 fox_face 🦊 penguin 🐧 bird 🐦 bee 🐝
bug 🐛 snail 🐌 turtle 🐢 unicorn_face 🦄 evergreen_tree 🌲 deciduous_tree 🌳 palm_tree 🌴 cactus 🌵 herb 🌿
four_leaf_clover 🍀 mushroom 🍄 tulip 🌷 rose 🌹 sunflower 🌻 cherry_blossom 🌸 apple 🍎 lemon 🍋 banana 🍌 bread 🍞
pizza 🍕 hamburger 🍔 cake 🍰 birthday 🎂 cookie 🍪 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 champagne 🍾
tent ⛺ camping 🏕️ mountain ⛰️ snow_capped_mountain 🏔️ national_park 🏞️ hiking_boot 🥾 athletic_shoe 👟 school_satchel 🎒
compass 🧭 world_map 🗺️ earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 globe_with_meridians 🌐 house 🏠 office 🏢
department_store 🏬 convenience_store 🏪 hospital 🏥 bank 🏦 car 🚗 truck 🚚 articulated_lorry 🚛 bike 🚲 airplane ✈️
ship 🚢 rocket 🚀 helicopter 🚁 construction 🚧 vertical_traffic_light 🚦 rotating_light 🚨 anchor ⚓
sunny ☀️ sun ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ snowman ⛄ umbrella ☔ zap ⚡ rainbow 🌈 fire 🔥
droplet 💧 ocean 🌊 star ⭐ star2 🌟 sparkles ✨ crescent_moon 🌙 full_moon 🌕 tada 🎉 confetti_ball 🎊 balloon 🎈
gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 jigsaw 🧩 game_die 🎲 art 🎨 musical_note 🎵 soccer ⚽
checkered_flag 🏁 white_flag 🏳️ triangular_flag_on_post 🚩 watch ⌚ iphone 📱 computer 💻 keyboard ⌨️ printer 🖨️ camera 📷
tv 📺 telephone_receiver 📞 phone ☎️ headphones 🎧 microphone 🎤 battery 🔋 electric_plug 🔌 bulb 💡 flashlight 🔦
candle 🕯️ books 📚 book 📖 notebook 📓 newspaper 📰 bookmark 🔖 label 🏷️ moneybag 💰 euro 💶 dollar 💵 pound 💷 yen 💴
credit_card 💳 receipt 🧾 email 📧 e-mail 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦
mailbox 📫 ballot_box_with_ballot 🗳️ pencil2 ✏️ pencil 📝 memo 📝 briefcase 💼 file_folder 📁 open_file_folder 📂
calendar 📆 date 📅 spiral_calendar_pad 🗓️ card_index 📇 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉
bar_chart 📊 clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 straight_ruler 📏 scissors ✂️ wastebasket 🗑️
lock 🔒 unlock 🔓 key 🔑 closed_lock_with_key 🔐 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ scales ⚖️ link 🔗
test_tube 🧪 microscope 🔬 telescope 🔭 satellite_antenna 📡 pill 💊 thermometer 🌡️ shopping_trolley 🛒
shopping_bags 🛍️ hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ clock1 🕐 bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 mag 🔍 mag_right 🔎 warning ⚠️ no_entry ⛔ no_entry_sign 🚫 x ❌ negative_squared_cross_mark ❎
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ question ❓ grey_question ❔ exclamation ❗
heavy_exclamation_mark ❗ bangbang ‼️ interrobang ⁉️ heavy_plus_sign ➕ heavy_minus_sign ➖ arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ leftwards_arrow_with_hook ↩️
arrow_right_hook ↪️ arrows_counterclockwise 🔄 repeat 🔁 back 🔙 soon 🔜 new 🆕 free 🆓 ok 🆗 sos 🆘 cool 🆒 up 🆙
information_source ℹ️ recycle ♻️ copyright ©️ registered ®️ tm ™️ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣
seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_green_square 🟩
large_yellow_square 🟨 large_red_square 🟥 small_blue_diamond 🔹 small_orange_diamond 🔸 small_red_triangle 🔺
small_red_triangle_down 🔻 black_small_square ▪️ white_small_square ▫️ speaker 🔈 bookmark_tabs 📑 ticket 🎫
gb 🇬🇧 us 🇺🇸 de 🇩🇪 flag-de 🇩🇪 fr 🇫🇷 flag-fr 🇫🇷 es 🇪🇸 flag-es 🇪🇸 it 🇮🇹 flag-it 🇮🇹 flag-eu 🇪🇺 flag-gb 🇬🇧 flag-us 🇺🇸
"""
_WORDS = _TABLE.split()
SHORTCODES: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))

_NAME = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?")
_PICTURES = frozenset("".join(SHORTCODES.values()))
MOST_JUMBO = 12
"""A message of so few characters, all of them emoji, is shown large."""


def replace(text: str) -> str:
    """Put emoji in the place of their short names; unknown names stay as they are."""
    return _NAME.sub(lambda name: SHORTCODES.get(name[1], name[0]), text)


def character(name: str) -> str:
    """One emoji by its name, or the name between colons."""
    return SHORTCODES.get(name.split("::", maxsplit=1)[0], f":{name}:")


def is_only_emoji(text: str) -> bool:
    """Whether a text is nothing but a few emoji."""
    shown = "".join(replace(text).split())
    return 0 < len(shown) <= MOST_JUMBO and not shown.isascii() and all(each in _PICTURES for each in shown)
