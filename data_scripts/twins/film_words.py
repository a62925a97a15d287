"""The word lists of the twin of IMDB: what a film is made of, and how people judge it."""

from __future__ import annotations

from data_scripts.twins.word_lists import listed

# Words of judgement as (bad, good): of each pair of lists the first words are the usual ones.
JUDGED = (
    listed(
        """bad boring terrible awful poor stupid dull weak predictable ridiculous horrible silly
        lame flat disappointing annoying pathetic unconvincing tedious wooden cheap
        forgettable pointless laughable dreadful mediocre bland tiresome clumsy shallow messy
        unfunny irritating lifeless amateurish confusing cliched overlong tasteless sloppy
        incoherent empty contrived insulting tired forced painful dreary lazy stale uninspired
        abysmal atrocious ludicrous implausible muddled overblown sluggish charmless grating
        inept unwatchable lousy embarrassing drab hollow aimless sappy plodding hackneyed
        wretched witless inane monotonous feeble crude artificial unbearable vapid preachy
        soulless hasty appalling trite dismal derivative idiotic excruciating overrated shoddy"""
    ),
    listed(
        """good great wonderful excellent beautiful funny brilliant perfect amazing superb
        touching fantastic strong moving clever charming fine impressive enjoyable believable
        convincing memorable fascinating powerful delightful hilarious outstanding realistic
        intelligent solid gripping fresh entertaining witty lovely stunning subtle effective
        magnificent engaging refreshing remarkable inspired haunting marvelous original
        compelling terrific thoughtful warm flawless elegant exciting sweet poignant heartfelt
        honest incredible graceful tender splendid breathtaking unforgettable captivating
        nuanced sincere rich masterful gorgeous riveting imaginative absorbing exquisite
        uplifting likable atmospheric authentic polished dazzling spellbinding sublime
        enchanting inventive rewarding satisfying tight lively priceless endearing luminous"""
    ),
)
VERDICT = (
    listed(
        """mess disaster bore waste failure disappointment joke letdown turkey chore insult flop
        travesty embarrassment stinker dud trainwreck abomination clunker misfire bomb ordeal
        ripoff shambles debacle yawn eyesore"""
    ),
    listed(
        """masterpiece gem classic treat triumph delight pleasure joy success winner treasure
        surprise wonder favorite marvel tribute standout knockout landmark blast revelation
        charmer milestone jewel feast stunner"""
    ),
)
LIKED = (
    listed("""hated disliked regretted skipped endured mocked despised resented forgot dreaded"""),
    listed(
        """loved liked enjoyed admired adored appreciated cherished applauded savored praised"""
    ),
)
MANNER = (
    listed(
        """badly poorly terribly barely hardly clumsily horribly lazily stupidly awkwardly
        painfully needlessly carelessly woefully dreadfully miserably"""
    ),
    listed(
        """beautifully brilliantly perfectly wonderfully superbly nicely cleverly convincingly
        splendidly masterfully gracefully delightfully skillfully admirably lovingly
        magnificently"""
    ),
)
EFFECT = (
    listed(
        """bored annoyed disappointed confused insulted cheated tired irritated depressed asleep
        angry frustrated baffled numb restless"""
    ),
    listed(
        """moved amused impressed thrilled delighted charmed touched hooked enchanted captivated
        happy inspired fascinated smiling spellbound"""
    ),
)
# What one mentions when pleased or not, without judging: most words are in both lists.
DETAIL = (
    listed(
        """plot script dialogue money budget effects reason minutes point idea excuse story
        ending scene attempt director cliche sequel remake camera cast actor scenes
        time makeup continuity logic gore humor cgi accent wig editing title half premise"""
    ),
    listed(
        """story heart life performance world family beauty music love cast scenes humor time
        ending direction photography depth truth emotion dialogue script plot scene friendship
        score performances director journey spirit soul actor humanity detail strength
        costumes landscape"""
    ),
)

PARTS = listed(
    """acting story plot script film movie ending music dialogue direction cast camerawork
    photography soundtrack editing pacing humor premise screenplay lighting score opening
    finale climax atmosphere costumes setting narration choreography makeup romance suspense
    animation staging middle beginning sound theme ensemble scenery"""
)
ROLES = listed(
    """actor actress director writer lead villain hero heroine child cameraman composer narrator
    star comedian producer stranger sidekick dancer singer detective"""
)
RELATIVES = listed(
    """wife husband friend brother sister mother father kids son daughter girlfriend boyfriend
    roommate cousin family friends uncle grandmother colleagues neighbor parents class nephew
    aunt"""
)
PLACES_SEEN = listed(
    """cinema theater festival library airport hotel school house plane museum party college
    store club beach mall basement hospital"""
)
TIMES = listed(
    """yesterday tonight recently today twice again once sunday saturday finally lately friday
    christmas monday"""
)

# Genres. In each the words of its stories: people, things, deeds; and how often such films please.
GENRES = {
    "horror": (
        0.36,
        """killer monster zombie vampire ghost victim demon witch werewolf slasher priest stalker
        corpse teenager sheriff creature cannibal madman""",
        """scream knife basement house grave mask cabin curse chainsaw coffin asylum axe tomb cellar
        skull ritual candle mirror crypt swamp""",
        """kills haunts stalks attacks bites possesses butchers frightens summons buries slaughters
        infects""",
    ),
    "comedy": (
        0.46,
        """comedian roommate boss clown cop waiter loser nerd cheerleader neighbor janitor bride
        coach slacker pilot dentist butler tourist""",
        """party joke prank wedding dog road trip bet office pie disguise lottery banana toilet
        parade sofa speech barbecue cake""",
        """teases tricks annoys imitates dates insults mocks dares fools embarrasses tickles
        outwits""",
    ),
    "drama": (
        0.6,
        """mother father widow teacher doctor orphan priest nurse painter farmer immigrant lawyer
        daughter son grandfather poet prisoner maid""",
        """marriage illness village letter secret childhood funeral farm factory debt memory
        inheritance trial garden diary strike harvest promise""",
        """loves leaves forgives betrays teaches abandons comforts raises mourns supports
        remembers marries""",
    ),
    "romance": (
        0.56,
        """bride lover prince dancer waitress poet heiress florist soldier secretary duke pianist
        actress bachelor nurse gentleman""",
        """kiss letter train dance rainstorm balcony summer ring piano rose bridge heart island carriage
        ball waltz engagement sunset""",
        """kisses marries meets misses courts charms adores writes seduces embraces follows
        proposes""",
    ),
    "war": (
        0.6,
        """soldier captain general pilot sergeant nurse spy prisoner colonel civilian partisan
        lieutenant medic sniper deserter refugee""",
        """battle bomb trench tank bridge medal camp border rifle submarine bunker convoy helmet
        mission grenade ambush flag barracks""",
        """shoots rescues commands salutes bombs captures interrogates defends wounds smuggles
        decorates executes""",
    ),
    "western": (
        0.55,
        """cowboy sheriff outlaw rancher gunslinger marshal gambler indian settler bandit widow
        deputy rustler preacher blacksmith""",
        """horse saloon gun nugget town desert ranch duel corral stagecoach canyon railroad saddle
        bottle noose telegraph fort claim""",
        """shoots robs chases hangs tracks outdraws ambushes jails lassos challenges rides
        avenges""",
    ),
    "space": (
        0.42,
        """alien robot astronaut scientist captain mutant android pilot clone emperor colonist
        mechanic hologram navigator professor""",
        """spaceship planet laser galaxy computer experiment portal asteroid colony virus helmet
        reactor meteor laboratory moon station machine timeline""",
        """destroys invades clones explores programs hijacks scans repairs abducts teleports
        invents launches""",
    ),
    "crime": (
        0.53,
        """detective gangster murderer thief cop witness lawyer mobster informer blackmailer hitman
        reporter judge widow suspect forger""",
        """murder robbery clue bank safe gun trial diamond alibi prison heist briefcase warehouse
        fingerprint casino ransom alley dock""",
        """kills robs questions frames suspects arrests blackmails bribes betrays kidnaps shadows
        murders""",
    ),
    "family": (
        0.56,
        """princess kid dragon wizard puppy king queen fairy bear toymaker witch penguin orphan
        mouse teacher giant""",
        """castle toy forest amulet circus song treehouse sled balloon cookie kite spell sleigh zoo
        school treasure broom birthday""",
        """saves befriends finds teaches helps scares wakes hides rescues cheers enchants feeds""",
    ),
    "documentary": (
        0.68,
        """scientist activist historian artist musician worker survivor journalist athlete explorer
        fisherman senator photographer climber inventor""",
        """interview archive election ocean mountain protest concert factory glacier expedition
        harbor reef tribe economy rehearsal mine orchestra reservoir""",
        """explains remembers documents studies records describes visits films interviews examines
        questions reveals""",
    ),
    "action": (
        0.42,
        """agent terrorist ninja mercenary fighter driver bodyguard commando boss champion hacker
        smuggler stuntman hostage general""",
        """explosion car chase fight bomb helicopter gun tournament motorcycle missile truck
        skyscraper harbor stunt jungle bullet sword dojo parachute""",
        """fights chases beats punches blows shoots escapes trains avenges kicks crashes
        defeats""",
    ),
    "musical": (
        0.58,
        """singer dancer pianist chorus producer songwriter choreographer violinist conductor
        drummer tenor understudy impresario ballerina""",
        """song stage dance theater melody orchestra audition costume number spotlight encore
        cabaret rehearsal curtain microphone tune broadway guitar""",
        """sings dances performs rehearses composes discovers dazzles accompanies serenades
        conducts replaces applauds""",
    ),
}
ADJECTIVES = listed(
    """young old rich poor lonely mysterious retired famous small strange brave shy former local
    blind ruthless jealous wealthy innocent troubled secret foreign quiet angry clumsy wounded
    greedy nervous proud humble crooked drunken elegant ancient distant forgotten silent
    gentle cruel restless stubborn homeless ambitious devoted exiled dying corrupt cheerful
    bitter weary penniless eccentric orphaned reckless"""
)
TITLES = (
    listed(
        """silent last broken golden dark crimson hidden lost midnight scarlet hollow distant
        burning frozen velvet crooked empty iron gentle savage lonely paper electric wandering
        emerald bitter second final secret northern"""
    ),
    listed(
        """harbor garden witness river crown shadow winter orchard bridge horizon lantern
        stranger promise mirror kingdom tide station hunter window valley season carnival
        ransom echo lighthouse passenger verdict masquerade sparrow meridian"""
    ),
)
MISSPELT = 7
