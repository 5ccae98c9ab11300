package prose

import "strings"

// cue is a word that may credit what a sentence says to somebody.
type cue struct {
	base    string
	needs   need
	factive bool
	denies  bool
	agent   bool // 'was VERBed by X' credits X with what is said
}

// need is what a verb needs beside it to be one of reporting.
type need uint8

const (
	anything need = iota // a subject is enough: 'said'
	clause               // a clause, a quotation, or a place after one: 'added that', '…, he added'
	evidence             // as clause, or a document for a subject: 'records show payments of …'
	claim                // as clause, or an object that is something said: 'rejected the accusation'
	whom                 // somebody for an object, and what was said or done: 'accused the army of'
	call                 // an object and what it is called: 'called the report false'
	held                 // an object and what it is held to be: 'slammed the plan as reckless'
	plea                 // who is asked, and for what: 'urged the army to leave', 'appealed for calm'
	that                 // 'that' and a clause: 'accepted that', not 'accepted the prize'
	hearing              // a court for a subject, and a clause: 'the jury heard that'
	quoted               // a quotation: '“No,” he sighed'
)

type form uint8

const (
	baseForm form = 1 << iota
	thirdForm
	pastForm
	participle
	ingForm
	finite = baseForm | thirdForm | pastForm
)

// The verbs, by what they need. A form that is not regular stands after a colon: past, then participle. A star: the
// base form and the form in -s read as nouns too ('claim', 'reports'). An equals sign: 'was VERBed by' credits. An
// exclamation mark: the verb asserts that it is so; a minus: that it is not.
const (
	anythingVerbs = `say:said= tell:told= allege= assert= announce= contend insist acknowledge= concede= confess deny=-
		argue= warn= testify disclose=! emphasize emphasise stress reiterate= complain caution= lament opine tweet*=
		aver recount= estimate*= speculate posit attest predict=* admit:admitted= theorize theorise divulge=! reckon
		document*=! describe= bemoan decry deplore confirm=! reveal=! forecast*:forecast= explain= mention= cite*=`
	clauseVerbs = `add= continue note*= conclude= hold:held maintain agree recall= remember write:wrote:written hint*
		imply report*= state*= claim*= declare= observe comment* ask wonder affirm=
		joke* quip:quipped reply respond answer* repeat believe= think:thought suspect* fear* hope* learn!
		learn:learnt! boast
		counter
		advise inform notify assure remind shout yell cry exclaim guess* assume proclaim= remark*
		quote*= calculate= project* rule* determine=! verify=! establish=! post* publish= clarify=
		broadcast*:broadcast= signal:signalled signal:signaled stipulate specify= propose= suggest= promise*
		pledge* vow* swear:swore:sworn threaten
		demand* allude summarize summarise certify signal* pronounce muse mutter whisper recommend=
		doubt* brag:bragged gripe* moan* fret:fretted marvel* grumble surmise* infer:inferred deduce hypothesize
		hypothesise postulate confide intimate* insinuate profess reaffirm reassert reassure elaborate talk*
		object* protest* charge* corroborate=! chronicle* point read:read put:put speak:spoke:spoken rumor*
		rumour* purport expect anticipate feel:felt see:saw:seen apologize apologise plead`
	evidenceVerbs = `show:showed:shown! indicate find:found! demonstrate! prove! expose=! illustrate detail*= outline=
		list* place* name* uncover! capture* highlight* underscore underline`
	claimVerbs = `reject- dismiss- dispute*- refute- rebut:rebutted- contest- challenge- contradict- disavow-
		denounce condemn criticize criticise question* echo downplay`
	whomVerbs = `accuse= blame*= fault* attribute*= credit*=`
	callVerbs = `call*=:called dub:dubbed= label*= label:labelled= term*
		characterize= characterise= depict portray deem brand*=`
	heldVerbs = `slam:slammed= hail= deride ridicule regard view* blast* lambast praise* defend mock tout herald* bill*
		pan*:panned acclaim commend laud applaud rebuke* reprimand* scold chide:chided berate castigate upbraid
		admonish chastise
		celebrate welcome* champion* trumpet* consider perceive paint*`
	pleaVerbs = `urge*= implore exhort beg:begged beseech appeal* instruct order* direct`
	thatVerbs = `accept submit:submitted discover! understand:understood flag*:flagged foresee:foresaw:foreseen concur:concurred
		worry:worried record* allow preach decree* envisage envision prophesy`
	hearingVerbs = `hear:heard`
	quotedVerbs  = `sigh* laugh* snap*:snapped fume* rage* gush thunder bemoan grumble groan* smile* shrug*:shrugged enthuse
		rant* crow* grin*:grinned chuckle* begin:began:begun venture* interject retort* tease* wail* sob*:sobbed drawl
		chime reflect roar* chant* caption* bark* scoff vent* volunteer* blurt stammer
		bellow* scream* shriek* hiss growl* snarl* mumble intone deadpan jest* quaver* cackle* rasp* dish* spill*`
)

type wordFlags uint32

const (
	isDeterminer wordFlags = 1 << iota
	isPreposition
	isAnd
	isSubordinator // starts a clause of its own
	isRelative     // 'who', 'which', 'that'
	isSubject      // a pronoun that can be a subject
	isObject       // a pronoun that can be an object
	isAuxiliary
	isBe
	isModal
	isNegation
	isAdverb
	isTime
	isPeople   // a noun for people who may say something
	isPlural   // of people, or a plural that takes the base form
	isDocument // a noun for something that says or shows
	isMedium   // 'statement': in one, something is said
	isEvent    // 'rally': at one, something is said
	isSpeech   // a noun for something said: 'claims'
	isFinite   // a verb in a finite form that is no cue
	isNoun     // a cue that also reads as a noun
	isNotPerson
	isPossessive
	isModifier // an adjective before a noun of speech: 'unconfirmed reports'
	isTo
	isSpeechAct // a noun of speech that a clause or its speaker may follow: 'claims that', 'a report by'
	isUnnamed   // people who are not named when they are many: 'sources', 'officials'
	isHedge
	isUncertain // a hedge with the right words beside it
	isConfirming
	isPhrase // it may start a cue of several words
	isHolder // a participle for having seen a document: 'emails obtained by'
)

// speechWord is what the lists know of a form.
type speechWord struct {
	flags wordFlags
	form  form
	cue   *cue
}

var flagged = []struct {
	flags wordFlags
	words string
}{
	{isDeterminer, `the a an this that these those some any each every another both all several many most few no neither
		either half one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands`},
	{isDeterminer | isPossessive, `my your his her its our their whose`},
	{isPreposition, `of in on at for from with by to into onto about over under after before during since until till
		against among amid between through throughout near within without across behind beyond despite like unlike
		toward towards up down off outside inside around along as per via regarding concerning including upon`},
	{isTo, `to`},
	{isAnd, `and or but nor &`},
	{isSubordinator, `that because but while when whenever where whereas if unless although though as since until before
		after whether how why what whatever so than once yet`},
	{isRelative, `who which whom that`},
	{isSubject, `i he she it we they you who everyone someone nobody`},
	{isObject, `me him her it us them you himself herself themselves`},
	{isAuxiliary, `has have had having do does did be been being is are was were am 's hasn't haven't hadn't don't doesn't
		didn't isn't aren't wasn't weren't he's she's it's they've we've they're`},
	{isBe, `be been being is are was were am isn't aren't wasn't weren't`},
	{isModal, `will would can could may might must shall should ought cannot won't wouldn't can't couldn't shouldn't
		mustn't`},
	{isNegation, `not never neither nor hardly barely scarcely nobody none no hasn't haven't hadn't don't doesn't didn't
		isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't cannot without`},
	{isAdverb, `also later then now still already often ever once again soon long just even only instead meanwhile however
		first previously further too therefore thus perhaps always sometimes earlier simply rather yet moreover
		nevertheless nonetheless afterward afterwards independently since separately additionally furthermore so far
		today yesterday tomorrow tonight maybe never not likewise otherwise similarly`},
	{isTime, `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december jan. feb. aug. sept. oct. nov. dec. today yesterday tomorrow tonight
		morning afternoon evening night week month year earlier later last early late recently`},
	{isPeople | isPlural, `officials sources people workers witnesses eyewitnesses residents critics experts analysts
		prosecutors investigators lawmakers authorities scientists researchers relatives neighbors neighbours
		advocates activists lawyers attorneys doctors medics employees aides diplomats rescuers police men women
		parents students teachers villagers locals survivors victims economists historians leaders members
		spokespeople spokesmen spokeswomen representatives executives inspectors regulators insiders supporters
		opponents observers farmers soldiers protesters organizers organisers passengers customers users friends
		families colleagues detectives firefighters nurses migrants refugees voters democrats republicans senators
		governors ministers judges jurors agents officers commanders generals auditors monitors traders investors
		academics campaigners commentators reporters journalists media americans others some many most few staff
		detainees deportees inmates prisoners drivers managers directors owners veterans tenants patients guards
		ambassadors envoys negotiators contractors staffers strategists pollsters engineers geologists astronomers
		biologists epidemiologists meteorologists forecasters prosecution watchdogs unions groups companies
		governments countries agencies outlets newspapers insurers lenders banks airlines hospitals
		growers fishermen miners brokers builders breeders retailers hoteliers landlords commuters motorists cyclists
		taxpayers shoppers pensioners priests bishops clerics elders coaches scholars columnists politicians
		councillors
		legislators mayors sheriffs chiefs bosses charities creditors exporters importers manufacturers producers
		suppliers operators publishers authors artists musicians rebels separatists surgeons midwives pharmacists
		psychologists psychiatrists ecologists conservationists physicists chemists climatologists virologists
		demographers statisticians shopkeepers advisers advisors barristers solicitors carers`},
	{isPeople, `official source spokesman spokeswoman spokesperson witness eyewitness resident critic expert analyst
		prosecutor investigator lawmaker scientist researcher relative neighbor neighbour advocate activist lawyer
		attorney doctor medic employee aide diplomat man woman person someone parent student teacher minister
		president
		governor mayor senator chief director executive secretary ambassador judge court jury ministry government
		agency company group police department office newspaper outlet broadcaster commission committee council union
		hospital university institute watchdog army military administration team coroner sheriff owner founder author
		professor leader member officer commander general survivor victim father mother brother sister son daughter
		wife husband friend manager worker nurse firefighter detective auditor inspector regulator firm bank club
		charity airline
		retailer supplier operator lender carrier school board bureau authority federation association chairman
		chairwoman
		coach farmer trader shopkeeper bishop priest pastor pensioner tenant adviser advisor counsel barrister
		solicitor
		chancellor premier speaker clerk economist historian astronomer biologist geologist engineer pilot passenger
		columnist publicist biographer campaigner organizer organiser protester councillor congressman congresswoman
		lawmaker legislator superintendent constable sergeant captain lieutenant colonel paramedic trucker
		commentator forecaster pollster insider pal onlooker bystander aide treasurer registrar
		family couple mum dad aunt uncle grandmother grandfather boss singer actor actress rapper footballer`},
	{isDocument, `report reports study studies document documents record records data filing filings lawsuit complaint
		indictment affidavit memo memos letter letters email emails survey surveys poll polls analysis review audit
		investigation inquiry inquest figures statistics footage video videos images photos photographs recording
		recordings transcript transcripts correspondence statement statements testimony research papers paper article
		articles ruling notes files file logs log census tests test results evidence invoice invoices contract
		contracts
		ledger ledgers diary diaries manifest manifests dossier dossiers spreadsheet spreadsheets messages cables
		cable draft copy screenshots map maps receipts estimates findings database interviews sign
		tally pictures bulletin advisory notice guidance sheets timesheets imagery tape tapes screenshot sample
		samples readings calculations chart charts texts
		count headcount poster posters banner banners placard placards leaflet leaflets flyer label labels app website
		dashboard cctv scan scans x-rays brochure prospectus obituary telegram inventory register registry caption
		captions
		headline plaque inscription certificate deed lease manual textbook advert advertisement webpage leaflet
		printout
		paperwork minutes readout barometer gauge index thermometer radar telemetry timeline chronology
		declaration petition motion minutes account accounts probe simulations model models experiments trial trials`},
	{isMedium, `statement interview email e-mail letter memo filing post tweet message release affidavit testimony speech
		conference briefing memoir book report article column blog essay video recording note interviews emails
		letters
		statements ruling order paper text tweets posts autobiography op-ed podcast editorial call deposition hearing
		brief lawsuit complaint petition motion`},
	{isEvent, `rally conference briefing hearing event meeting summit ceremony forum dinner trial session speech interview
		statement email e-mail post press panel podium news`},
	{isSpeech, `claim claims allegation allegations accusation accusations assertion assertions report reports statement
		statements suggestion suggestions charge charges notion idea findings finding figure figures rumor rumors
		rumour
		rumours characterization criticism account accounts story theory conclusion conclusions remarks testimony
		estimate estimates argument version narrative comments speculation warning warnings announcement denial
		admission assurances`},
	{isFinite, `hit went came took gave left fell rose grew won lost made began became kept met paid sent sold spent stood
		struck knew ran led broke brought bought built caught chose drew drove ate fought flew forgot got hid laid lay
		let lit meant quit fled rang arose bore beat bent bit bled blew burst clung crept dealt dug drank fed flung
		froze ground
		hung lent overcame overtook rid stuck strode swung tore thrust undertook withdrew withheld wound felt heard
		saw tried
		slid shrank sprang spun split spread stank stung swelled
		 rode sang sank sat sought shook shot shut slept spoke stole swam swept taught threw woke wore
		seeks contains provides requires allows becomes brings keeps sends pays sells owns employs belongs
		goes comes takes gives gets makes wants seems appears remains includes needs means tries failed used`},
	{isModifier, `unverified unconfirmed initial early earlier recent false other similar new local media news
		conflicting previous several many some widespread repeated published press credible early-stage numerous
		multiple contradictory anonymous more such intelligence`},
	{isSpeechAct, `claim claims allegation allegations accusation accusations assertion assertions report reports statement
		statements suggestion suggestions account accounts estimate estimates announcement admission denial warning
		warnings testimony rumor rumors rumour rumours conclusion conclusions argument assessment revelation
		revelations speculation confirmation acknowledgment acknowledgement disclosure disclosures discovery
		finding findings
		belief contention insistence fear fears concern concerns complaint complaints prediction predictions forecast
		forecasts scoop view suspicion suspicions suggestion suggestions hint hints concession confession assurance
		assurances verdict theory pledge promise vow opinion insinuation insinuations hypothesis recommendation
		recommendations threat threats judgment judgement explanation explanations`},
	{isHolder, `obtained seen reviewed viewed examined shared provided released published leaked compiled collected
		heard cited analyzed analysed verified gathered`},
	{isUnnamed, `sources officials people workers witnesses eyewitnesses bystanders onlookers residents critics experts
		analysts lawmakers scientists researchers relatives neighbors neighbours advocates activists lawyers attorneys
		doctors medics employees aides diplomats parents students teachers villagers locals survivors economists
		historians
		spokespeople representatives executives insiders supporters opponents observers farmers soldiers protesters
		passengers customers users friends colleagues detectives nurses migrants refugees voters senators agents
		officers commanders generals advisers advisors traders investors academics detainees deportees inmates drivers
		managers directors owners veterans tenants patients guards ambassadors envoys negotiators contractors staffers
		strategists engineers men women individuals persons informants miners selectors sailors pilots players
		fishermen shopkeepers firefighters paramedics campaigners commuters shoppers tourists councillors councilors
		jurors delegates brokers bankers athletes teammates coaches fans divers prisoners hostages captives laborers
		labourers cleaners vendors stallholders landlords homeowners members surgeons vets midwives dockers`},
	{isHedge, `reportedly allegedly purportedly supposedly unconfirmed unverified uncorroborated unsubstantiated
		apparently`},
	{isUncertain, `alleged rumored rumoured suspected purported reported believed thought said understood unclear if
		appears appear appeared seems seem seemed clear known certain`},
	{isConfirming, `confirm confirmed verify verified corroborate corroborated substantiate substantiated authenticate
		authenticated establish established ascertain ascertained check checked vouch confirming verifying corroborating
		authenticating establishing checking`},
	{isPhrase, `according going judging in at by attributed citing quoting per clear adamant confident convinced hopeful optimistic
		pessimistic certain sure worried concerned afraid fearful doubtful sceptical skeptical unconvinced insistent
		position argument arguments view contention case message verdict conclusion fear consensus belief theory
		allegation allegations accusation suspicion advice expectation explanation claim hope point opinion complaint
		voiced voices voicing expressed expresses expressing raised raises cast casts aired repeated repeats
		repeating renewed renews renewing restated restates reaffirmed
		reaffirms made makes making issued issues issuing legend word rumor rumour`},
	{isNotPerson, `concerns concern fears fear lack costs cost pressure security reasons reason risk risks need shortage
		shortages plan plans schedule rules rule custom size age taste height weight need ability rank type preference`},
}

var (
	speechWords = buildSpeechWords()
	speechTable = tableOf(speechWords)
)

func buildSpeechWords() map[string]speechWord {
	m := make(map[string]speechWord, 3000)
	for _, list := range flagged {
		for w := range strings.FieldsSeq(list.words) {
			entry := m[w]
			entry.flags |= list.flags
			m[w] = entry
		}
	}
	for n, verbs := range []string{anythingVerbs, clauseVerbs, evidenceVerbs, claimVerbs, whomVerbs, callVerbs, heldVerbs,
		pleaVerbs, thatVerbs, hearingVerbs, quotedVerbs} {
		for verb := range strings.FieldsSeq(verbs) {
			addVerb(m, verb, need(n))
		}
	}
	return m
}

// addVerb adds the forms of a verb, which is written as in the lists above.
func addVerb(m map[string]speechWord, written string, needs need) {
	parts := strings.Split(written, ":")
	last := len(parts) - 1
	marked := strings.Join(parts, "")
	for i := range parts {
		parts[i] = strings.TrimRight(parts[i], "*=!-")
	}
	base := parts[0]
	c := &cue{
		base: base, needs: needs, agent: strings.Contains(marked, "="),
		factive: strings.Contains(marked, "!"), denies: strings.Contains(marked, "-"),
	}
	var noun wordFlags
	if strings.Contains(marked, "*") {
		noun = isNoun
	}
	add := func(written string, f form, flags wordFlags) {
		entry := m[written]
		if entry.cue == nil {
			entry.cue = c
		}
		if entry.cue == c {
			entry.form |= f
		}
		entry.flags |= flags
		m[written] = entry
	}
	past := regularPast(base)
	if last > 0 {
		past = parts[1]
	}
	add(base, baseForm, noun)
	add(thirdPerson(base), thirdForm, noun)
	add(past, pastForm, 0)
	if last > 1 {
		add(parts[2], participle, 0)
	} else {
		add(past, participle, 0)
	}
	add(presentParticiple(base, past), ingForm, 0)
}

func thirdPerson(base string) string {
	switch {
	case endsInConsonantY(base):
		return base[:len(base)-1] + "ies"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "sh"), strings.HasSuffix(base, "ch"):
		return base + "es"
	}
	return base + "s"
}

func regularPast(base string) string {
	switch {
	case endsInConsonantY(base):
		return base[:len(base)-1] + "ied"
	case strings.HasSuffix(base, "e"):
		return base + "d"
	}
	return base + "ed"
}

func presentParticiple(base, past string) string {
	switch {
	case strings.HasSuffix(past, "ed") && len(past) == len(base)+3: // 'admitted': the consonant is doubled
		return past[:len(past)-2] + "ing"
	case strings.HasSuffix(base, "e") && !strings.HasSuffix(base, "ee"):
		return base[:len(base)-1] + "ing"
	}
	return base + "ing"
}

func endsInConsonantY(base string) bool {
	n := len(base)
	return n > 1 && base[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(base[n-2]))
}
