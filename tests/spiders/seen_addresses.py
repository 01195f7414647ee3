"""Articles' addresses that somebody saw in use, by site."""

ARTICLES = {
    "exclusive_kz": [
        "https://exclusive.kz/teez-vyplatit-dolgi-prodavcam-posle-sdelki-s-finteh-partnerom/",
        "https://exclusive.kz/v-almaty-vvodjat-registraciju-turistov-pered-pohodami-v-gory/",
        "https://exclusive.kz/skupshhikam-metalloloma-zapretjat-prinimat-relsy-i-ljuki-u-naselenija-a-punkty-prijoma-otodvinut-ot-zhilyh-zon/",
    ],
    "tengrinews_kz": [
        "https://tengrinews.kz/article/asfalt-snova-rastayal-vmeste-snegom-ulitsyi-astanyi-2397/",
        "https://tengrinews.kz/curious/na-18-100-chelovek-kazahstanka-syigrala-dve-svadbyi-sravnila-531353/",
    ],
    "vlast_kz": [
        "https://vlast.kz/novosti/34245-sud-nad-vice-ministrom-mon-suhanberdivoj-nacnetsa-9-iula.html",
        "https://vlast.kz/jekonomika/34123-kak-ustroena-ekonomika-arysi.html",
    ],
    "rus_azattyq_org": [
        "https://rus.azattyq.org/a/putin-obyavil-o-pashalnom-peremirii-do-polunochi-21-aprelya/33390169.html",
        "https://rus.azattyq.org/a/24106283.html",
        "https://www.azattyq.org/a/33390588.html",
    ],
    "nur_kz": [
        "https://www.nur.kz/politics/kazakhstan/2086925-bolshe-17-mlrd-tenge-hoteli-neratsionalno-potratit-na-borbu-s-pavodkami-v-kazahstane/",
        "https://www.nur.kz/1803448-postradavsij-v-dtp-student-skoncalsa-v-almaty.html",
        "https://kaz.nur.kz/1803472-kalydygyna-asulangan-kyzylordalyk-kjeu-zigit-zatu-tojynan-ketip-kalgan.html",
    ],
    "inform_kz": [
        "https://www.inform.kz/ru/ii-povisit-tochnost-prognozov-virabotki-vie-do-80-v-kazahstane-8221b43c",
        "https://www.inform.kz/ru/molodih-kazahstantsev-nauchili-sozdavat-naviki-dlya-golosovogo-assistenta-4add30",
        "https://www.inform.kz/kz/asyl-mura-abaydyn-ekinshi-kara-sozi_a2471636",
        "https://en.inform.kz/news/oil-spill-detected-in-caspian-sea-6544df/",
        "https://www.inform.kz/ru/polnost-yu-obespechit-region-myasom-pticy-namereny-v-sko_a3725092",
    ],
    "24_kg": [
        "https://24.kg/vlast/248515_davlenie_nasmi_hidjabyi_jenyi_oligarhov_chto_esche_volnuet_deputatov/",
        "https://24.kg/english/382480_National_Bank_AI_and_digital_payments_require_strengthened_cybersecurity/",
    ],
    "24_kz": [
        "https://24.kz/ru/news/in-the-world/788733-razrabotka-kazakhstantsa-dlya-vyyavleniya-boleznej-glaz-prokhodit-ispytaniya-v-gonkonge",
        "https://24.kz/ru/news/social/item/683181-falshivye-meduslugi-23-tysyachi-pripisok-na-208-mln-vyyavili-v-kazakhstane",
    ],
    "daryo_uz": [
        "https://daryo.uz/2025/04/08/ozbekistonda-1-maydan-utilizatsiya-yigimi-faqat-elektromobillar-uchun-undiriladi",
    ],
    "gazeta_uz": [
        "https://www.gazeta.uz/ru/2026/08/11/transport/",
        "https://www.gazeta.uz/oz/2025/02/14/recycling-fee/",
        "https://www.gazeta.uz/en/2025/01/17/binance/",
    ],
    "kaktus_media": [
        "https://kaktus.media/doc/375842_vpechatleniia_kaktus.media_ot_poezdki_na_shattl_base_iz_bishkeka_v_aeroport_manas_video.html",
        "https://kaktus.media/doc/409757_depytat:_razreshaetsia_li_vyhodit_iz_doma_jertvam_semeynogo_nasiliia_pri_ygroze_jizni_video.html",
    ],
    "kg_akipress_org": [
        "https://kg.akipress.org/news:2383552",
        "https://akipress.com/news:600411/",
        "https://akipress.com/news:730887:Kyrgyz_organization_receives_JIAPICH_award/",
        "https://www.tazabek.kg/news:1765705/?from=tazabek&place=search",
    ],
    "kloop_kg": [
        "https://kloop.kg/blog/2017/08/11/storonniki-tekebaeva-prekratili-golodovku-iz-za-nedopuska-politika-k-sdache-testa-po-gosyazyku/",
        "http://ky.kloop.asia/2017/08/11/kyrgyzstan-fifanyn-rejtinginde-bir-sapka-yldyjlap-128-orundu-eeledi/",
    ],
    "kun_uz": [
        "https://kun.uz/ru/news/2026/03/28/xraneniye-nekotoryx-personalnyx-dannyx-za-predelami-uzbekistana-razresheno",
        "https://kun.uz/news/2026/08/14/toshkentda-stomatologiya-xizmatlari-narxlari",
        "https://kun.uz/en/news/2025/07/17/uzbekistan-expects-to-raise-300-million-from-mobiuz-sale",
    ],
    "podrobno_uz": [
        "https://podrobno.uz/cat/economic/azs-uzbekistana-zarabotali-za-mesyats-3-6-trilliona-sumov/",
        "https://podrobno.uz/cat/obchestvo/komitet-po-konkurentsii-predupredil-yandex-go-o-neobkhodimosti-snizheniya-tsen-/",
    ],
    "ru_sputnik_kz": [
        "https://ru.sputnik.kz/20260603/v-kazakhstane-paseki-obyazali-poluchat-veterinarnye-pasporta-63899465.html",
        "https://ru.sputnik.kz/20241024/platforma-patsient-astana-48066721.html",
    ],
    "timesca_com": [
        "https://timesca.com/russia-seeks-to-boost-oil-transit-to-china-via-kazakhstan/",
        "https://timesca.com/adoption-of-latin-based-common-turkic-alphabet/",
    ],
    "kazpravda_kz": [
        "https://kazpravda.kz/n/shedevr-lezviyami-kazahstanskaya-hudozhnitsa-napisala-portret-mihaila-shaydorova-konkami-na-kovre/",
        "https://kazpravda.kz/n/autizm-tsentr-otkryli-s-astane/",
        "https://kazpravda.kz/n/art-proekt-ot-fonda-asyl-miras/",
    ],
    "zakon_kz": [
        "https://www.zakon.kz/obshestvo/6426408-bolee-20-mlrd-tenge-lishilis-kazakhstantsy-izza-internetmoshennikov-v-2023-godu.html",
        "https://www.zakon.kz/obshestvo/6490267-v-atyrau-zelenaya-voda-v-reke-okazalas-sledom-neftyanogo-zagryazneniya.html",
        "https://www.zakon.kz/5003300-v-kostanayskoy-oblasti-pogib.html",
    ],
    "informburo_kz": [
        "https://informburo.kz/novosti/v-astane-shkoly-8-zakryli-a-detey-otpravili-po-drugim-uchebnym-zavedeniyam.html",
        "https://informburo.kz/stati/almaty-vo-tme-pocemu-v-gorode-takoe-ploxoe-osveshhenie-i-budet-li-cto-to-menyatsya",
        "https://informburo.kz/kaz/newskaz/ubt-bejindik-paender-tizbesine-informatika-engizildi",
    ],
    "orda_kz": [
        "https://orda.kz/neftjanoe-pjatno-v-kaspii-chto-izvestno-o-zagrjaznenii-u-pljazha-atash-v-mangistau-417627/",
        "https://en.orda.kz/kazakhstan-monitoring-taxi-market-yandex-go-controls-90-share-5517/",
    ],
    "kz_kursiv_media": [
        "https://kz.kursiv.media/2018-11-12/dokumenty-na-latinskiy-lad-pasporta-i-udostovereniya-lichnosti-v/",
        "https://kz.kursiv.media/2025-12-17/tksh-srednyaya-zarplata-v-almaty-539-tysyach-tenge/",
        "https://kz.kursiv.media/kk/2025-08-12/rnmtr-asel-sabyrzhankyzy-jlo-portret-syiga-tartty/",
        "https://kz.kursiv.media/en/2025-06-27/engk-yeri-rich-why-developed-nations-win-while-kazakhstan-gets-left-behind/",
    ],
    "inbusiness_kz": [
        "https://inbusiness.kz/ru/news/v-tyurmu-ili-na-birzhu-mozhno-li-zakonno-torgovat-kriptovalyutoj-v-kazahstane",
        "https://inbusiness.kz/ru/last/ekopark-na-malom-taldykole-poyavitsya-v-2027-godu",
    ],
    "kapital_kz": [
        "https://kapital.kz/business/69854/biznesmen-vlozhit-200-mln-tenge-v-shkolnye-stadiony.html",
        "https://kapital.kz/business/136156/koncert-dzhennifer-lopes-timur-turlov-rasskazal-o-poteryah-freedom-ticketon-iz-za-sboya.html",
    ],
    "lsm_kz": [
        "https://lsm.kz/freedom-ob-yavlyaet-o-transformacii-brenda",
    ],
    "liter_kz": [
        "https://liter.kz/shest-portretov-odnovremenno-risuet-almatinskaia-khudozhnitsa-video-1681969294/",
    ],
    "egemen_kz": [
        "https://egemen.kz/article/282168-tauelsizdik-urpaqtary-3-million-tenhgeden-30-grant-beriledi",
        "https://egemen.kz/article/171372-elorda-ulttynh-rukhani-zhanhghyru-astanasy",
    ],
    "baq_kz": [
        "https://baq.kz/qazaqstanda-internettegi-alayaqtyq-deregi-4-ke-kobeydi-336236/",
        "https://rus.baq.kz/polnyy-tekst-proekta-novoy-konstitutsii_300033020",
    ],
    "astanatimes_com": [
        "https://astanatimes.com/2021/04/more-than-14-thousand-foreign-citizens-work-in-kazakhstan-today/",
        "https://astanatimes.com/2026/09/kashagan-expansion-could-reshape-kazakhstans-oil-export-needs-experts-say/",
    ],
    "ulysmedia_kz": [
        "https://ulysmedia.kz/news/52488-meta-zapustit-v-kazakhstane-ai-programmu-dlia-razrabotchikov/",
        "https://ulysmedia.kz/rassledovaniya/38144-ramki-rukopozhatiia-i-lichnye-dannye-ili-kak-v-kazakhstane-kontroliruetsia-svoboda-internet-slova/",
        "https://qaz.ulysmedia.kz/news/38413-kazakstandyk-galym-britaniia-parlamentinde-gylymi-zhobasyn-tanystyrdy/",
    ],
    "newtimes_kz": [
        "https://newtimes.kz/obshchestvo/141581-kazakhstanets-vyigral-grant-50-tys-dlia-zapuska-proekta-po-tsifrovizatsii-meditsiny-za-rubezhom",
        "https://newtimes.kz/obshchestvo/223045-kak-zaregistrirovatsia-i-udalit-akkaunt-v-telegram-v-2026-godu-instruktsiia",
    ],
    "total_kz": [
        "https://total.kz/ru/news/ekonomika_sobitiya/kazahstanskie_studenti_voshli_v_top16_luchshih_komand_na_enactus_world_cup_2025_date_2025_10_06",
    ],
    "kt_kz": [
        "https://www.kt.kz/rus/state/pripiski_dvoynoe_finansirovanie_i_uslugi_umershim_fsms_1377986548.html",
        "https://www.kt.kz/rus/society/v_kazahstane_razrabotan_pervij_vetrovoj_atlas_1153500682.html",
    ],
}
